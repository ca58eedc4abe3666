package dev.lightning.api.events;

import com.google.protobuf.Timestamp;
import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Reason;
import io.temporal.api.enums.v1.PendingWorkflowTaskState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Temporal how a run stands: the server for what it waits for, the workflow for what it has done. */
final class TemporalRunStates {
    private static final Logger log = LoggerFactory.getLogger(TemporalRunStates.class);

    private static final Duration DESCRIBING = Duration.ofSeconds(2);

    /** A query needs a worker; without one the answer comes without the workflow's own words. */
    private static final Duration QUERYING = Duration.ofMillis(1_500);

    /** A workflow task that has failed twice fails for a reason that time does not heal. */
    private static final int STUCK_ATTEMPT = 3;

    /** Started, its first task scheduled, and that task started. */
    private static final int FIRST_TASK_STARTED = 3;

    /** A worker cannot replay what an operator or the clock ended from outside, so nobody can say how far it came. */
    private static final EventOutcome TERMINATED = new EventOutcome(
            EventStatus.CANCELLED, new Reason("terminated", "An operator ended this event in Temporal"));

    private static final EventOutcome TIMED_OUT =
            new EventOutcome(EventStatus.FAILED, new Reason("timeout", "The event did not end within its limit"));

    private static final EventOutcome BROKEN =
            new EventOutcome(EventStatus.FAILED, new Reason("internal", "The event's workflow failed in Temporal"));

    private final WorkflowClient client;

    TemporalRunStates(WorkflowClient client) {
        this.client = client;
    }

    RunState of(String workflowId) {
        try {
            DescribeWorkflowExecutionResponse described = TemporalCalls.within(
                    DESCRIBING,
                    () -> client.newUntypedWorkflowStub(workflowId).describe().getRawDescription());
            return state(described);
        } catch (RuntimeException failure) {
            if (TemporalFailures.isNotFound(failure)) {
                return new RunState.Missing();
            }
            log.warn("event=temporal.away workflow={} reason={}", workflowId, TemporalFailures.inWords(failure));
            return new RunState.Away();
        }
    }

    private RunState state(DescribeWorkflowExecutionResponse described) {
        WorkflowExecutionInfo info = described.getWorkflowExecutionInfo();
        WorkflowStub run = client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowExecution(info.getExecution())
                .build());
        return switch (info.getStatus()) {
            case WORKFLOW_EXECUTION_STATUS_COMPLETED ->
                closed(info, TemporalCalls.within(DESCRIBING, () -> result(run)), report(run));
            case WORKFLOW_EXECUTION_STATUS_CANCELED ->
                closed(info, new EventOutcome(EventStatus.CANCELLED, null), report(run));
            case WORKFLOW_EXECUTION_STATUS_TERMINATED -> closed(info, TERMINATED, null);
            case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> closed(info, TIMED_OUT, null);
            case WORKFLOW_EXECUTION_STATUS_FAILED -> closed(info, BROKEN, report(run));
            default -> open(described, run);
        };
    }

    private RunState.Open open(DescribeWorkflowExecutionResponse described, WorkflowStub run) {
        WorkflowExecutionInfo info = described.getWorkflowExecutionInfo();
        boolean stuck = described.getPendingWorkflowTask().getAttempt() >= STUCK_ATTEMPT;
        List<RunState.PendingStep> pending =
                described.getPendingActivitiesList().stream().map(this::pending).toList();
        return new RunState.Open(
                info.getExecution().getRunId(),
                instant(info.getStartTime()),
                stuck || isInFirstTask(described) ? null : report(run),
                pending,
                stuck);
    }

    /** Queries wait for the end of a task, and the first one may wait for the model. */
    private static boolean isInFirstTask(DescribeWorkflowExecutionResponse described) {
        return described.getWorkflowExecutionInfo().getHistoryLength() <= FIRST_TASK_STARTED
                && described.getPendingWorkflowTask().getState()
                        == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED;
    }

    private RunState.PendingStep pending(PendingActivityInfo activity) {
        return new RunState.PendingStep(
                activity.getActivityType().getName(),
                activity.getAttempt(),
                TemporalFailures.lastError(activity, client.getOptions().getDataConverter()));
    }

    private static EventOutcome result(WorkflowStub run) {
        try {
            return run.getResult(DESCRIBING.toMillis(), TimeUnit.MILLISECONDS, EventOutcome.class);
        } catch (TimeoutException late) {
            throw new IllegalStateException("The result of a closed workflow did not come", late);
        }
    }

    private static RunState.Closed closed(
            WorkflowExecutionInfo info, EventOutcome outcome, @Nullable EventReport report) {
        return new RunState.Closed(
                info.getExecution().getRunId(),
                instant(info.getStartTime()),
                instant(info.getCloseTime()),
                outcome.status(),
                outcome.reason(),
                report);
    }

    private static @Nullable EventReport report(WorkflowStub run) {
        try {
            return TemporalCalls.within(QUERYING, () -> run.query("progress", EventReport.class));
        } catch (RuntimeException noWorkerOrNoAnswer) {
            return null;
        }
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
