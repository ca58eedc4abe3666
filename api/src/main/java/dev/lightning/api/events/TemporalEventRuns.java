package dev.lightning.api.events;

import dev.lightning.api.admission.Urgency;
import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.Owner;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workflows behind events on a Temporal server. */
public final class TemporalEventRuns implements EventRuns {
    private static final Logger log = LoggerFactory.getLogger(TemporalEventRuns.class);

    private static final int SUMMARY_USER_CHARACTERS = 60;

    /** How long a poster waits for Temporal: the SDK's own retries may add a pause of two seconds. */
    private static final Duration START = Duration.ofSeconds(5);

    private final WorkflowClient client;
    private final TemporalRunStates states;
    private final TemporalHistories histories;

    /** Takes the client that the workers of this process use too: only then can a start be handed to them directly. */
    public TemporalEventRuns(WorkflowClient client) {
        this.client = client;
        this.states = new TemporalRunStates(client);
        this.histories = new TemporalHistories(client);
    }

    @Override
    public RunStart start(EventSubmission submission, Urgency urgency) {
        EventStatus status = submission.due() == null ? EventStatus.RUNNING : EventStatus.SCHEDULED;
        WorkflowOptions options = options(submission.event(), workflowId(submission.event()), urgency)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTypedSearchAttributes(EventAttributes.atStart(submission.event(), status))
                .build();
        try {
            return new RunStart.Persisted(start(options, submission));
        } catch (WorkflowExecutionAlreadyStarted ended) {
            return new RunStart.Persisted(ended.getExecution().getRunId());
        } catch (RuntimeException failure) {
            return notStarted(options.getWorkflowId(), failure);
        }
    }

    @Override
    public RunStart startAgain(Owner owner, EventId id) {
        String workflowId = EventWorkflowId.of(owner, id);
        try {
            Optional<EventSubmission> submission =
                    TemporalCalls.within(TemporalCalls.PATIENCE, () -> histories.submissionOf(workflowId));
            if (submission.isEmpty()) {
                return new RunStart.NoHistory();
            }
            SearchAttributes attributes = TemporalCalls.within(
                    TemporalCalls.PATIENCE, () -> histories.attributesOfNextRun(workflowId, submission.get()));
            Event again = submission.get().event();
            WorkflowOptions options = options(again, workflowId, Posted.urgencyOf(again.type()))
                    .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                    .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                    .setTypedSearchAttributes(attributes)
                    .build();
            return new RunStart.Persisted(
                    startOnceClosed(options, submission.get().askingTools()));
        } catch (RuntimeException failure) {
            return notStarted(workflowId, failure);
        }
    }

    @Override
    public RunState state(Owner owner, EventId id) {
        return states.of(EventWorkflowId.of(owner, id));
    }

    @Override
    public Cancelling cancel(Owner owner, EventId id) {
        String workflowId = EventWorkflowId.of(owner, id);
        try {
            return TemporalCalls.within(TemporalCalls.PATIENCE, () -> {
                client.newUntypedWorkflowStub(workflowId).cancel();
                return Cancelling.REQUESTED;
            });
        } catch (RuntimeException failure) {
            if (TemporalFailures.isNotFound(failure)) {
                return Cancelling.MISSING;
            }
            log.warn("event=temporal.away workflow={} reason={}", workflowId, TemporalFailures.inWords(failure));
            return Cancelling.AWAY;
        }
    }

    private String start(WorkflowOptions options, EventSubmission submission) {
        EventWorkflow workflow = client.newWorkflowStub(EventWorkflow.class, options);
        WorkflowExecution execution =
                TemporalCalls.within(START, () -> WorkflowClient.start(workflow::handle, submission));
        return execution.getRunId();
    }

    /** A run writes its outcome a moment before Temporal closes it; a retry that comes in between waits for that. */
    private String startOnceClosed(WorkflowOptions options, EventSubmission submission) {
        try {
            return start(options, submission);
        } catch (WorkflowExecutionAlreadyStarted open) {
            histories.awaitClosed(open.getExecution(), TemporalCalls.PATIENCE);
            return start(options, submission);
        }
    }

    private static RunStart notStarted(String workflowId, RuntimeException failure) {
        String why = TemporalFailures.inWords(failure);
        log.warn("event=workflow.start.failed workflow={} reason={}", workflowId, why);
        boolean certain = failure instanceof WorkflowExecutionAlreadyStarted || TemporalFailures.isRefused(failure);
        return certain ? new RunStart.Refused(why) : new RunStart.Unknown(why);
    }

    private static WorkflowOptions.Builder options(Event event, String workflowId, Urgency urgency) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.EVENTS)
                .setDisableEagerExecution(false)
                .setPriority(EventPriority.of(event.owner(), urgency))
                .setStaticSummary(summary(event));
    }

    private static String summary(Event event) {
        String user = event.owner().userId();
        int[] shown = user.codePoints().limit(SUMMARY_USER_CHARACTERS).toArray();
        return event.type() + " from " + new String(shown, 0, shown.length);
    }

    private static String workflowId(Event event) {
        return EventWorkflowId.of(event.owner(), event.id());
    }
}
