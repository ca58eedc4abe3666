package dev.lightning.api.schedules;

import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventWorkflowId;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the event workflows that sleep in Temporal, and moves or ends their sleep by updates. */
public final class TemporalOneShots implements OneShots {
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(3);
    private static final String CANCEL = "cancel";

    private final WorkflowClient client;

    public TemporalOneShots(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public Optional<OneShotState> find(ScheduleKey key) {
        WorkflowStub workflow = workflow(key);
        try {
            EventStatus status = status(TemporalCalls.within(TemporalCalls.PATIENCE, workflow::describe));
            return Optional.of(new OneShotState(status, status == EventStatus.SCHEDULED ? due(workflow) : null));
        } catch (WorkflowNotFoundException none) {
            if (TemporalFailures.isAway(none)) {
                throw none;
            }
            return Optional.empty();
        }
    }

    @Override
    public Change reschedule(ScheduleKey key, Instant due) {
        return update(key, UpdateOptions.newBuilder(Void.class).setUpdateName("reschedule"), due);
    }

    /** A fixed update id makes a repeated cancellation the same one. */
    @Override
    public Change cancel(ScheduleKey key) {
        Change change = update(
                key, UpdateOptions.newBuilder(Void.class).setUpdateName(CANCEL).setUpdateId(CANCEL));
        return change == Change.TOO_LATE && isCancelled(key) ? Change.DONE : change;
    }

    private boolean isCancelled(ScheduleKey key) {
        return find(key)
                .filter(state -> state.status() == EventStatus.CANCELLED)
                .isPresent();
    }

    private Change update(ScheduleKey key, UpdateOptions.Builder<Void> options, Object... arguments) {
        WorkflowStub workflow = workflow(key);
        try {
            TemporalCalls.within(
                    TemporalCalls.PATIENCE,
                    () -> Optional.ofNullable(workflow.startUpdate(
                                    options.setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                            .build(),
                                    arguments)
                            .getResult()));
            return Change.DONE;
        } catch (WorkflowUpdateException refusedByTheWorkflow) {
            return Change.TOO_LATE;
        } catch (WorkflowNotFoundException closedOrUnknown) {
            return find(key).isPresent() ? Change.TOO_LATE : Change.GONE;
        }
    }

    /** Asks the workflow itself, because the time may have been moved; null when no worker answers. */
    private static @Nullable Instant due(WorkflowStub workflow) {
        try {
            return TemporalCalls.within(QUERY_PATIENCE, () -> workflow.query("progress", EventReport.class))
                    .due();
        } catch (WorkflowException unanswered) {
            return null;
        }
    }

    private static EventStatus status(WorkflowExecutionDescription described) {
        String word = described.getTypedSearchAttributes().get(EventAttributes.STATUS);
        EventStatus said = word == null ? EventStatus.RUNNING : EventStatus.valueOf(word);
        boolean open = described.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        if (open || said.isTerminal()) {
            return said;
        }
        return switch (described.getStatus()) {
            case WORKFLOW_EXECUTION_STATUS_CANCELED, WORKFLOW_EXECUTION_STATUS_TERMINATED -> EventStatus.CANCELLED;
            case WORKFLOW_EXECUTION_STATUS_COMPLETED -> EventStatus.COMPLETED;
            default -> EventStatus.FAILED;
        };
    }

    private WorkflowStub workflow(ScheduleKey key) {
        return client.newUntypedWorkflowStub(EventWorkflowId.of(key.owner(), new EventId(key.id())));
    }
}
