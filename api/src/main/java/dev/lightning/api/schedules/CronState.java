package dev.lightning.api.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a cron schedule stands.
 *
 * @param note the reason when it is paused
 * @param next when it would run next, soonest first; empty when no time is left
 * @param recent its latest runs, oldest first
 * @param runs how many it has started so far
 * @param missed how many could not start within the catch-up window
 * @param skipped how many the overlap policy left out
 */
record CronState(
        @Nullable Overlap overlap,
        @Nullable Duration catchUpWindow,
        boolean paused,
        @Nullable String note,
        List<Instant> next,
        List<Run> recent,
        long runs,
        long missed,
        long skipped) {
    public CronState {
        next = List.copyOf(next);
        recent = List.copyOf(recent);
    }

    /** One run, which is an event. */
    public record Run(String eventId, Instant nominalTime, Instant startedAt) {}
}
