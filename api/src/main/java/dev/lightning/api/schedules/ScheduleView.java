package dev.lightning.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.providers.storage.rows.ScheduleRow;
import dev.lightning.workflows.events.EventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as clients see it; what does not apply to its kind, or was not asked of Temporal, is absent.
 *
 * @param kind {@code once} or {@code cron}
 * @param type the type of its event
 * @param status where a one-shot's event stands
 * @param due when a one-shot starts
 * @param nextRunTime absent when it is paused or has no run left
 * @param nextRunTimes the next five at most
 * @param recentRuns the latest runs, oldest first
 * @param missedRuns how many could not start within the catch-up window
 * @param skippedRuns how many the overlap policy left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScheduleView(
        String scheduleId,
        String kind,
        String type,
        Instant createdAt,
        @Nullable EventStatus status,
        @Nullable Instant due,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable Overlap overlap,
        @Nullable Duration catchUpWindow,
        @Nullable Boolean paused,
        @Nullable String pauseReason,
        @Nullable Instant nextRunTime,
        @Nullable List<Instant> nextRunTimes,
        @Nullable List<CronState.Run> recentRuns,
        @Nullable Long runs,
        @Nullable Long missedRuns,
        @Nullable Long skippedRuns) {

    private static final String ONCE = "once";
    private static final String RECURRING = "cron";
    private static final int SHOWN = 5;

    /** A row of a list, which does not ask Temporal; {@code status} is what the store knows of a one-shot's event. */
    static ScheduleView listed(ScheduleRow row, @Nullable EventStatus status) {
        return new ScheduleView(
                row.id(),
                row.isOnce() ? ONCE : RECURRING,
                row.eventType(),
                row.createdAt(),
                status,
                row.due(),
                row.cron(),
                row.timeZone(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static ScheduleView once(ScheduleRow row, OneShotState state) {
        Instant due = state.due() == null ? row.due() : state.due();
        List<Instant> next = state.status() == EventStatus.SCHEDULED && due != null ? List.of(due) : List.of();
        return new ScheduleView(
                row.id(),
                ONCE,
                row.eventType(),
                row.createdAt(),
                state.status(),
                due,
                null,
                null,
                null,
                null,
                null,
                null,
                next.isEmpty() ? null : due,
                next,
                null,
                null,
                null,
                null);
    }

    static ScheduleView cron(ScheduleRow row, CronState state) {
        List<Instant> next =
                state.paused() ? List.of() : state.next().stream().limit(SHOWN).toList();
        return new ScheduleView(
                row.id(),
                RECURRING,
                row.eventType(),
                row.createdAt(),
                null,
                null,
                row.cron(),
                row.timeZone(),
                state.overlap(),
                state.catchUpWindow(),
                state.paused(),
                state.note(),
                next.isEmpty() ? null : next.getFirst(),
                next,
                state.recent(),
                state.runs(),
                state.missed(),
                state.skipped());
    }
}
