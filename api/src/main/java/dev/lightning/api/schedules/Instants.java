package dev.lightning.api.schedules;

import dev.lightning.api.errors.Findings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads points in time as clients write them: ISO-8601 with zone or offset, kept to the millisecond. */
final class Instants {
    private Instants() {}

    /** The instant, or null when there is a new finding. */
    static @Nullable Instant read(@Nullable String text, String field, Findings findings) {
        if (text == null) {
            findings.add(field, "is required");
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException notATime) {
            findings.add(field, "must be a time with zone or offset, like 2027-01-31T08:00:00Z");
            return null;
        }
    }
}
