package dev.lightning.api.schedules;

import dev.lightning.workflows.events.EventWorkflowId;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleState;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what Temporal says of a Schedule. */
final class TemporalCronState {
    private TemporalCronState() {}

    static CronState of(ScheduleKey key, ScheduleDescription description) {
        Schedule schedule = description.getSchedule();
        ScheduleInfo info = description.getInfo();
        SchedulePolicy policy = schedule.getPolicy();
        ScheduleState state = schedule.getState();
        boolean paused = state != null && state.isPaused();
        return new CronState(
                policy == null ? null : overlap(policy.getOverlap()),
                policy == null ? null : policy.getCatchupWindow(),
                paused,
                state != null && paused ? state.getNote() : null,
                info.getNextActionTimes(),
                info.getRecentActions().stream()
                        .flatMap(result -> run(key, result))
                        .toList(),
                info.getNumActions(),
                info.getNumActionsMissedCatchupWindow(),
                info.getNumActionsSkippedOverlap());
    }

    static ScheduleOverlapPolicy policy(Overlap overlap) {
        return switch (overlap) {
            case SKIP -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;
            case BUFFER_ONE -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE;
            case BUFFER_ALL -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL;
            case CANCEL_OTHER -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER;
            case ALLOW_ALL -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL;
        };
    }

    /** Our word for Temporal's policy; null for one that an operator chose and that has no word here. */
    private static @Nullable Overlap overlap(ScheduleOverlapPolicy policy) {
        return Stream.of(Overlap.values())
                .filter(word -> policy(word) == policy)
                .findFirst()
                .orElse(null);
    }

    private static Stream<CronState.Run> run(ScheduleKey key, ScheduleActionResult result) {
        String prefix = EventWorkflowId.ofRuns(key.owner(), "");
        return Objects.requireNonNull(result.getAction()) instanceof ScheduleActionExecutionStartWorkflow started
                        && started.getWorkflowId().startsWith(prefix)
                ? Stream.of(new CronState.Run(
                        started.getWorkflowId().substring(prefix.length()),
                        result.getScheduledAt(),
                        result.getStartedAt()))
                : Stream.empty();
    }
}
