package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.workflows.events.EventTypes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What the fields around the metadata may say, whatever they are called in the shape that says them. */
final class EnvelopeRules {
    static final int MAX_TEXT = 256;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

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

    /** The instant that an ISO-8601 text with zone or offset means; null, with a finding, when it means none. */
    @Nullable
    Instant time(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME)
                    .toInstant();
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            // told below, in words that show what would be right
        }
        findings.add(field, "must be an ISO-8601 date and time with zone or offset, for example 2026-01-31T09:30:00Z");
        return null;
    }
}
