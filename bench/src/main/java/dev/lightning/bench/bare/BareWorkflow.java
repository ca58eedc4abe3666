package dev.lightning.bench.bare;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The two steps of an event: ask the model, tell the receiver. */
@WorkflowInterface
public interface BareWorkflow {
    @WorkflowMethod(name = "Bare")
    void handle(BareEvent event);
}
