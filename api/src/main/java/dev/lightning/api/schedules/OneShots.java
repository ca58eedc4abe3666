package dev.lightning.api.schedules;

import java.time.Instant;
import java.util.Optional;

/**
 * The workflows of future events, as far as schedules have to do with them.
 *
 * <p>When nobody answers, the gRPC status passes through, which the edge says as 503.
 */
interface OneShots {
    Optional<OneShotState> find(ScheduleKey key);

    /** Moves an event that still waits. */
    Change reschedule(ScheduleKey key, Instant due);

    /** Calls an event off that still waits; one that was called off before is done too. */
    Change cancel(ScheduleKey key);

    /** What came of a change. */
    enum Change {
        DONE,
        /** The event has started. */
        TOO_LATE,
        /** There is no such event, or no longer. */
        GONE
    }
}
