package dev.lightning.app.faults;

import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflowImpl;
import dev.lightning.workflows.notifications.DeliveryWorkflowImpl;
import dev.lightning.workflows.tools.RunQueueWorkflowImpl;
import dev.lightning.workflows.tools.SweepWorkflowImpl;
import dev.lightning.workflows.tools.ToolRunWorkflowImpl;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a Temporal server says of its runs to somebody who has no part in them. */
final class TemporalEvidence implements AutoCloseable {
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;

    private TemporalEvidence(WorkflowServiceStubs stubs) {
        this.stubs = stubs;
        this.client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build());
    }

    static TemporalEvidence of(String address) {
        return new TemporalEvidence(WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build()));
    }

    WorkflowClient client() {
        return client;
    }

    /** All runs, as visibility lists them, which may be a moment behind. */
    List<WorkflowExecutionMetadata> executions() {
        try (Stream<WorkflowExecutionMetadata> all = client.listExecutions("")) {
            return all.toList();
        }
    }

    WorkflowExecutionHistory history(WorkflowExecution run) {
        return client.fetchHistory(run.getWorkflowId(), run.getRunId());
    }

    /** The runs whose histories today's workflow code does not replay, each with the reason. */
    List<String> thatDoNotReplay(List<WorkflowExecutionHistory> histories) {
        List<String> broken = new ArrayList<>();
        try (TestWorkflowEnvironment environment =
                TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                        .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                                .setDataConverter(Wire.plain())
                                .build())
                        .build())) {
            Worker worker = environment.newWorker("replay");
            worker.registerWorkflowImplementationFactory(EventWorkflow.class, BuiltinHandlers::newEventWorkflow);
            worker.registerWorkflowImplementationTypes(
                    DeliveryWorkflowImpl.class,
                    HousekeepingWorkflowImpl.class,
                    RunQueueWorkflowImpl.class,
                    SweepWorkflowImpl.class,
                    ToolRunWorkflowImpl.class);
            for (WorkflowExecutionHistory history : histories) {
                try {
                    worker.replayWorkflowExecution(history);
                } catch (Exception failure) {
                    broken.add(history.getWorkflowExecution().getWorkflowId() + ": " + rootCause(failure));
                }
            }
        }
        return broken;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
