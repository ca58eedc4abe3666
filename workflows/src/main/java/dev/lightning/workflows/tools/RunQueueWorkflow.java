package dev.lightning.workflows.tools;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Lets runs of one owner's tools begin, first come first served; it lives as long as there are any. */
@WorkflowInterface
public interface RunQueueWorkflow {
    String PREFIX = "runs-";

    /** The queue of the tools of this owner, or of the platform's. */
    static String idOf(String toolOwnerKey) {
        return PREFIX + toolOwnerKey;
    }

    /** Whose tools a queue is for. */
    static String ownerOf(String workflowId) {
        return workflowId.substring(PREFIX.length());
    }

    @WorkflowMethod(name = "RunQueue")
    void run(RunQueueState state);

    /** Takes a place at the end, but before those that wait and whose events came later; a run that has one already keeps it. */
    @SignalMethod(name = "enter")
    void enter(RunTicket ticket);

    /** Gives the place back, whether it was waiting or running. */
    @SignalMethod(name = "leave")
    void leave(String workflowId);

    /** Says that a definition has changed; a queue that does not hear of it finds out within a minute. */
    @SignalMethod(name = "definitionChanged")
    void definitionChanged();

    @QueryMethod(name = "state")
    RunQueueState state();
}
