package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;

/** Refuses a message that says nothing; what else it carries is between its sender and its receiver. */
final class MessageCheck implements TypeCheck {
    @Override
    public String type() {
        return EventTypes.USER_MESSAGE;
    }

    @Override
    public void check(Metadata metadata, String path, Findings findings) {
        findings.require(
                metadata.get("text") instanceof String text && !text.isBlank(),
                path + ".text",
                "must be a text that is not blank");
    }
}
