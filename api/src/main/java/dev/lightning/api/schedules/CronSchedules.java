package dev.lightning.api.schedules;

import dev.lightning.workflows.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whoever keeps the clock of cron schedules.
 *
 * <p>Changing a schedule that does not exist throws {@code NOT_FOUND}; when nobody answers, the gRPC status passes
 * through, which the edge says as 503.
 */
interface CronSchedules {
    /** Starts the clock, or finds it started; every run begins from this template. */
    void create(ScheduleKey key, Event template, Timing.Cron timing);

    Optional<CronState> find(ScheduleKey key);

    void pause(ScheduleKey key, String reason);

    void resume(ScheduleKey key, String note);

    /** Runs the schedule now, whatever its cron says, by the schedule's own overlap policy. */
    void trigger(ScheduleKey key);

    /** The nominal times from one instant to the other, both included; at most 1,000 of them. */
    List<Instant> timesBetween(ScheduleKey key, Instant from, Instant to);

    /** Runs every nominal time from one instant to the other, both included, beside whatever else runs. */
    void backfill(ScheduleKey key, Instant from, Instant to);

    /** Stops the clock; runs that have begun go on. Harmless when there is none. */
    void delete(ScheduleKey key);
}
