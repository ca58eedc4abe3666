package dev.lightning.api.schedules;

import dev.lightning.workflows.events.EventStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a future event stands.
 *
 * @param due when it starts; null when only its workflow knows and no worker is there to ask it
 */
record OneShotState(EventStatus status, @Nullable Instant due) {
    /** Why the event can no longer be moved or called off, as the end of a sentence about it. */
    String inWords() {
        return switch (status) {
            case SCHEDULED, RUNNING -> "has already started";
            case CANCELLED -> "was cancelled";
            case COMPLETED, UNROUTED, FAILED -> "has ended";
        };
    }
}
