package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.workflows.chat.ChatPrompt;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;

/** Refuses a chat that the model could not be asked, before anything durable begins. */
final class ChatCheck implements TypeCheck {
    @Override
    public String type() {
        return EventTypes.LLM_CHAT;
    }

    @Override
    public void check(Metadata metadata, String path, Findings findings) {
        ChatPrompt.read(metadata)
                .findings()
                .forEach(finding -> findings.add(path + "." + finding.field(), finding.message()));
    }
}
