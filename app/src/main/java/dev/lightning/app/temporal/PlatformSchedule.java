package dev.lightning.app.temporal;

import dev.lightning.workflows.TaskQueues;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that Temporal holds a schedule of the platform's own as the settings want it.
 *
 * <p>A schedule that is right already is left alone: an update makes Temporal forget the runs that it has missed, and a
 * machine that is off at night would never tidy.
 */
final class PlatformSchedule {
    private static final Logger log = LoggerFactory.getLogger(PlatformSchedule.class);

    private static final long PATIENCE_SECONDS = 5;
    private static final Set<Status.Code> PASSING = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.CANCELLED);
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule-deadlines").factory());

    /**
     * What is to happen and when.
     *
     * @param catchUp how late a run that was missed while Temporal was off is still made up for
     * @param argument what the workflow starts from, null for nothing
     */
    record Plan(
            String id,
            Class<?> workflow,
            String workflowId,
            String summary,
            String details,
            ScheduleIntervalSpec rhythm,
            Duration catchUp,
            @Nullable Object argument) {}

    private final ScheduleClient client;
    private final Plan plan;

    PlatformSchedule(ScheduleClient client, Plan plan) {
        this.client = client;
        this.plan = plan;
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
            log.warn("event=schedule.refused schedule={} problem={}", plan.id(), status.getCode());
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }

    private void createOrUpdate() {
        try {
            client.createSchedule(
                    plan.id(), wanted(), ScheduleOptions.newBuilder().build());
            log.info("event=schedule.created schedule={}", plan.id());
        } catch (ScheduleAlreadyRunningException there) {
            ScheduleHandle handle = client.getHandle(plan.id());
            if (!isWanted(handle.describe().getSchedule())) {
                handle.update(present ->
                        new ScheduleUpdate(changed(present.getDescription().getSchedule())));
                log.info("event=schedule.updated schedule={}", plan.id());
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
                && present.getSpec().getIntervals().equals(List.of(plan.rhythm()))
                && policy != null
                && policy.getOverlap() == policy().getOverlap()
                && plan.catchUp().equals(policy.getCatchupWindow());
    }

    private boolean isOrdered(ScheduleActionStartWorkflow present) {
        Object argument = plan.argument();
        try {
            return argument == null || argument.equals(present.getArguments().get(0, argument.getClass()));
        } catch (DataConverterException unreadable) {
            return false;
        }
    }

    /** Summary and details come together: SDK 1.38 cannot describe a schedule that has the one without the other. */
    private ScheduleActionStartWorkflow action() {
        return ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(plan.workflow())
                .setOptions(WorkflowOptions.newBuilder()
                        .setWorkflowId(plan.workflowId())
                        .setTaskQueue(TaskQueues.EVENTS)
                        .setStaticSummary(plan.summary())
                        .setStaticDetails(plan.details())
                        .build())
                .setArguments(plan.argument() == null ? new Object[0] : new Object[] {plan.argument()})
                .build();
    }

    private ScheduleSpec spec() {
        return ScheduleSpec.newBuilder().setIntervals(List.of(plan.rhythm())).build();
    }

    private SchedulePolicy policy() {
        return SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(plan.catchUp())
                .build();
    }

    private static Status status(RuntimeException failed) {
        return failed instanceof CancellationException || failed.getCause() instanceof CancellationException
                ? Status.DEADLINE_EXCEEDED
                : Status.fromThrowable(failed);
    }
}
