package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Event;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Carries one run of a tool from the order to the result, and leaves nothing provisioned behind. */
@WorkflowInterface
public interface ToolRunWorkflow {
    @WorkflowMethod(name = "ToolRun")
    ToolRunResult run(ToolRunOrder order);

    @QueryMethod(name = "progress")
    ToolRunProgress progress();

    /** The event that the run takes, as its program will get it; null before the run has begun. */
    @QueryMethod(name = "event")
    @Nullable
    Event event();

    /** Tells a run that waits in a queue that it may begin. */
    @SignalMethod(name = "admitted")
    void admitted();

    /**
     * Lets a run begin that waits for approval. A decision holds for the event and the tool in the order of this run and
     * for nothing else; to repeat it is harmless, to contradict it is refused.
     */
    @UpdateMethod(name = "approve")
    Approval approve(Verdict verdict);

    @UpdateValidatorMethod(updateName = "approve")
    void mayApprove(Verdict verdict);

    /** Ends a run that waits for approval, as REJECTED. */
    @UpdateMethod(name = "reject")
    Approval reject(Verdict verdict);

    @UpdateValidatorMethod(updateName = "reject")
    void mayReject(Verdict verdict);

    /** Gives a running program more time; answers the new deadline. */
    @UpdateMethod(name = "extendDeadline")
    Instant extendDeadline(Duration by);

    @UpdateValidatorMethod(updateName = "extendDeadline")
    void mayExtendDeadline(Duration by);
}
