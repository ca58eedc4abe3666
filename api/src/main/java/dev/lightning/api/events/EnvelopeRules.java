package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.workflows.events.EventTypes;
import org.jspecify.annotations.Nullable;

/** What the fields around the metadata may say, whatever they are called in the shape that says them. */
final class EnvelopeRules {
    static final int MAX_TEXT = 256;

    private final Findings findings;

    EnvelopeRules(Findings findings) {
        this.findings = findings;
    }

    void type(String field, @Nullable String type) {
        findings.require(
                type == null || EventTypes.isWellFormed(type),
                field,
                "must be a lower-case dotted name of 1 to 128 characters, for example order.created");
    }

    /** A name that people read: not empty, not long, printable. */
    void name(String field, @Nullable String text) {
        findings.require(
                text == null || (!text.isBlank() && text.length() <= MAX_TEXT && Texts.isPrintable(text)),
                field,
                "must be 1 to " + MAX_TEXT + " printable characters");
    }
}
