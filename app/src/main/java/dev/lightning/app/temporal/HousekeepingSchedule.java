package dev.lightning.app.temporal;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.housekeeping.HousekeepingOrder;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflow;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that Temporal holds the daily housekeeping as the settings want it.
 *
 * <p>A schedule that is right already is left alone: an update makes Temporal forget the runs that it has missed, and a
 * machine that is off at night would never tidy.
 */
final class HousekeepingSchedule {
    static final String ID = "lightning-housekeeping";

    private static final Logger log = LoggerFactory.getLogger(HousekeepingSchedule.class);
    private static final ScheduleIntervalSpec DAILY_AT_THREE =
            new ScheduleIntervalSpec(Duration.ofDays(1), Duration.ofHours(3));

    /** A little more than a day, so that of the runs missed while Temporal was off exactly the last is made up for. */
    private static final Duration CATCH_UP = Duration.ofHours(25);

    private static final long PATIENCE_SECONDS = 5;
    private static final Set<Status.Code> PASSING = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.CANCELLED);
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping-deadlines").factory());

    private final ScheduleClient client;
    private final HousekeepingOrder order;

    HousekeepingSchedule(ScheduleClient client, HousekeepingOrder order) {
        this.client = client;
        this.order = order;
    }

    /** Harmless to repeat; throws when Temporal cannot be reached, and only tells when Temporal will not have it. */
    void ensure() {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS, DEADLINES);
        Context before = context.attach();
        try {
            createOrUpdate();
        } catch (ScheduleException | StatusRuntimeException | CancellationException failed) {
            Status status = status(failed);
            if (PASSING.contains(status.getCode())) {
                throw status.asRuntimeException();
            }
            log.warn("event=housekeeping.schedule.refused schedule={} problem={}", ID, status.getCode());
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }

    private void createOrUpdate() {
        try {
            client.createSchedule(ID, wanted(), ScheduleOptions.newBuilder().build());
            log.info("event=housekeeping.schedule.created schedule={}", ID);
        } catch (ScheduleAlreadyRunningException there) {
            ScheduleHandle handle = client.getHandle(ID);
            if (!isWanted(handle.describe().getSchedule())) {
                handle.update(present ->
                        new ScheduleUpdate(changed(present.getDescription().getSchedule())));
                log.info("event=housekeeping.schedule.updated schedule={}", ID);
            }
        }
    }

    private Schedule wanted() {
        return Schedule.newBuilder()
                .setAction(action())
                .setSpec(spec())
                .setPolicy(policy())
                .build();
    }

    /** Whether somebody has paused it is not ours to change. */
    private Schedule changed(Schedule present) {
        return Schedule.newBuilder(present)
                .setAction(action())
                .setSpec(spec())
                .setPolicy(policy())
                .build();
    }

    private boolean isWanted(Schedule present) {
        SchedulePolicy policy = present.getPolicy();
        return present.getAction() instanceof ScheduleActionStartWorkflow action
                && action.getWorkflowType().equals(action().getWorkflowType())
                && TaskQueues.EVENTS.equals(action.getOptions().getTaskQueue())
                && isOrdered(action)
                && present.getSpec().getIntervals().equals(List.of(DAILY_AT_THREE))
                && policy != null
                && policy.getOverlap() == policy().getOverlap()
                && CATCH_UP.equals(policy.getCatchupWindow());
    }

    private boolean isOrdered(ScheduleActionStartWorkflow action) {
        try {
            return order.equals(action.getArguments().get(0, HousekeepingOrder.class));
        } catch (DataConverterException unreadable) {
            return false;
        }
    }

    /** Summary and details come together: SDK 1.38 cannot describe a schedule that has the one without the other. */
    private ScheduleActionStartWorkflow action() {
        return ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(HousekeepingWorkflow.class)
                .setOptions(WorkflowOptions.newBuilder()
                        .setWorkflowId("housekeeping")
                        .setTaskQueue(TaskQueues.EVENTS)
                        .setStaticSummary("remove what was kept long enough")
                        .setStaticDetails(
                                "How long each kind is kept is in the input; how many were removed, in the result.")
                        .build())
                .setArguments(order)
                .build();
    }

    private static ScheduleSpec spec() {
        return ScheduleSpec.newBuilder().setIntervals(List.of(DAILY_AT_THREE)).build();
    }

    private static SchedulePolicy policy() {
        return SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(CATCH_UP)
                .build();
    }

    private static Status status(RuntimeException failed) {
        return failed instanceof CancellationException || failed.getCause() instanceof CancellationException
                ? Status.DEADLINE_EXCEEDED
                : Status.fromThrowable(failed);
    }
}
