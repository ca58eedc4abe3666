package dev.lightning.api.tasks;

import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.RunQueueState;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolSpec;
import dev.lightning.workflows.tools.Verdict;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workflows behind tasks on a Temporal server. */
final class TemporalTaskRuns implements TaskRuns {
    private static final Logger log = LoggerFactory.getLogger(TemporalTaskRuns.class);
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(3);

    private final WorkflowClient client;

    TemporalTaskRuns(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public Optional<ToolRunProgress> progress(String workflowId) {
        return query(workflowId, "progress", ToolRunProgress.class);
    }

    @Override
    public Optional<Event> event(String workflowId) {
        return query(workflowId, "event", Event.class);
    }

    @Override
    public boolean cancel(String workflowId) {
        try {
            return TemporalCalls.within(TemporalCalls.PATIENCE, () -> {
                client.newUntypedWorkflowStub(workflowId).cancel();
                return true;
            });
        } catch (WorkflowNotFoundException none) {
            return unlessAway(none, false);
        }
    }

    @Override
    public Optional<QueuePlace> place(Owner owner, String workflowId) {
        return Stream.of(owner.key(), ToolSpec.PLATFORM)
                .flatMap(toolOwner -> queue(toolOwner).stream())
                .flatMap(queue -> queue.placeOf(workflowId).stream())
                .findFirst();
    }

    private Optional<RunQueueState> queue(String toolOwner) {
        return query(RunQueueWorkflow.idOf(toolOwner), "state", RunQueueState.class);
    }

    @Override
    public Optional<Trouble> trouble(String workflowId) {
        try {
            return TemporalCalls.within(
                            QUERY_PATIENCE,
                            () -> client.newUntypedWorkflowStub(workflowId)
                                    .describe()
                                    .getRawDescription())
                    .getPendingActivitiesList()
                    .stream()
                    .flatMap(activity -> trouble(activity).stream())
                    .findFirst();
        } catch (RuntimeException unanswered) {
            return unanswered(workflowId, unanswered);
        }
    }

    private Optional<Trouble> trouble(PendingActivityInfo activity) {
        String said = TemporalFailures.lastError(activity, client.getOptions().getDataConverter());
        return said == null ? Optional.empty() : Optional.of(new Trouble(activity.getAttempt(), said));
    }

    /** The update's id makes the server itself give a repeated decision the first one's answer. */
    @Override
    public Ruling decide(String workflowId, String runId, ApprovalDecision decision, Verdict verdict) {
        String update = switch (decision) {
            case APPROVED -> "approve";
            case REJECTED -> "reject";
        };
        WorkflowStub run = client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setRunId(runId)
                .build());
        UpdateOptions<Approval> options = UpdateOptions.newBuilder(Approval.class)
                .setUpdateName(update)
                .setUpdateId(update)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            Approval _ = within(run, options, verdict);
            return new Ruling.Made();
        } catch (WorkflowUpdateException refused) {
            return new Ruling.Refused(why(refused, "The task cannot be decided about now"));
        } catch (WorkflowNotFoundException none) {
            return unlessAway(none, new Ruling.Ended());
        }
    }

    @Override
    public Extension extend(String workflowId, Duration by) {
        UpdateOptions<Instant> options = UpdateOptions.newBuilder(Instant.class)
                .setUpdateName("extendDeadline")
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            return new Extension.Granted(within(client.newUntypedWorkflowStub(workflowId), options, by));
        } catch (WorkflowUpdateException refused) {
            return new Extension.Refused(why(refused, "The task cannot be given more time now"));
        } catch (WorkflowNotFoundException none) {
            return unlessAway(none, new Extension.Ended());
        }
    }

    private static <T> T within(WorkflowStub run, UpdateOptions<T> options, Object argument) {
        return TemporalCalls.within(
                TemporalCalls.PATIENCE, () -> run.startUpdate(options, argument).getResult());
    }

    private static String why(WorkflowUpdateException refused, String otherwise) {
        return refused.getCause() instanceof ApplicationFailure said ? said.getOriginalMessage() : otherwise;
    }

    private <T> Optional<T> query(String workflowId, String query, Class<T> type) {
        try {
            WorkflowStub workflow = client.newUntypedWorkflowStub(workflowId);
            return Optional.ofNullable(TemporalCalls.within(QUERY_PATIENCE, () -> workflow.query(query, type)));
        } catch (RuntimeException unanswered) {
            return unanswered(workflowId, unanswered);
        }
    }

    private static <T> Optional<T> unanswered(String workflowId, RuntimeException why) {
        log.debug("event=task.unanswered workflow={} reason={}", workflowId, TemporalFailures.inWords(why));
        return Optional.empty();
    }

    private static <T> T unlessAway(WorkflowNotFoundException none, T otherwise) {
        if (TemporalFailures.isAway(none)) {
            throw none;
        }
        return otherwise;
    }
}
