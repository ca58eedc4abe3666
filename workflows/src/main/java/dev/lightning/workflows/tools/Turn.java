package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.StoreCalls;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import org.slf4j.Logger;

/** A run's place in the queue of its tool's owner, as the run's workflow sees it. */
final class Turn {
    /** Runs whose history is without it said nothing while they waited. */
    private static final String SAYS_QUEUED = "a-run-says-that-it-is-queued";

    /** Since then a run says in its search attribute as well where it is. */
    private static final int WITH_STATUS = 2;

    private static final Logger log = Workflow.getLogger(Turn.class);

    private final StoreCalls<ToolActivities> store;
    private boolean admitted;
    private boolean saysStatus;

    Turn(StoreCalls<ToolActivities> store) {
        this.store = store;
    }

    /** The queue says that the run may begin. */
    void admit() {
        admitted = true;
    }

    /**
     * Waits for it.
     *
     * @param record writes where the run is, for a run that has to wait
     * @return whether that was written
     */
    boolean await(ToolRunOrder order, Runnable record) {
        store.tell(tools -> tools.enterQueue(order));
        int version = Workflow.getVersion(SAYS_QUEUED, Workflow.DEFAULT_VERSION, WITH_STATUS);
        saysStatus = version == WITH_STATUS;
        boolean waits = version != Workflow.DEFAULT_VERSION && !Patience.await(ToolRunPolicy.UNNOTICED, () -> admitted);
        if (waits) {
            record.run();
        }
        Workflow.await(() -> admitted);
        return waits;
    }

    /** Whether the run's search attribute follows it from here on; known once it waits for its turn. */
    boolean saysStatus() {
        return saysStatus;
    }

    /** A queue that is gone has no places to give back. */
    void giveBack(ToolRunOrder order) {
        try {
            Workflow.newExternalWorkflowStub(
                            RunQueueWorkflow.class,
                            RunQueueWorkflow.idOf(order.tool().ownerKey()))
                    .leave(Workflow.getInfo().getWorkflowId());
        } catch (SignalExternalWorkflowException gone) {
            log.debug("event=queue.gone task={}", order.taskId(), gone);
        }
    }
}
