package dev.lightning.api.bodies;

import dev.lightning.api.errors.Findings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads points in time as clients write them everywhere: ISO-8601 with zone or offset, in the years 1 to 9999. */
public final class Instants {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Instants() {}

    /** The instant that a text means; null when there is no text or, with a finding, when it means none. */
    public static @Nullable Instant read(String field, @Nullable String text, Findings findings) {
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
