package dev.lightning.workflows.housekeeping;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Removes what was kept long enough, once a day. */
@WorkflowInterface
public interface HousekeepingWorkflow {
    /** Fails as {@link HousekeepingFailure#INCOMPLETE}, with the report of the rest, when a kind could not be finished. */
    @WorkflowMethod(name = "Housekeeping")
    HousekeepingReport tidy(HousekeepingOrder order);
}
