package dev.lightning.providers.storage.rows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one run of an event's workflow ended; an event that was retried has several. */
public record EventRun(
        String runId,
        String status,
        @Nullable String reasonCode,
        @Nullable String reasonMessage,
        Instant startedAt,
        Instant endedAt) {}
