package dev.lightning.workflows.tools;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Removes what tool runs have left behind that nobody carries any more; started by a schedule. */
@WorkflowInterface
public interface SweepWorkflow {
    @WorkflowMethod(name = "SweepOrphans")
    SweepReport sweep();
}
