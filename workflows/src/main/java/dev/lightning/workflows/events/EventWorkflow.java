package dev.lightning.workflows.events;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;

/** Carries one event, and every event it causes, to a terminal state. */
@WorkflowInterface
public interface EventWorkflow {
    @WorkflowMethod(name = "Event")
    EventOutcome handle(EventSubmission submission);

    @QueryMethod(name = "progress")
    EventReport progress();

    /** Moves the start of a future event; refused once it has started. */
    @UpdateMethod(name = "reschedule")
    void reschedule(Instant due);

    @UpdateValidatorMethod(updateName = "reschedule")
    void mayReschedule(Instant due);

    /** Calls a future event off; refused once it has started. */
    @UpdateMethod(name = "cancel")
    void cancel();

    @UpdateValidatorMethod(updateName = "cancel")
    void mayCancel();
}
