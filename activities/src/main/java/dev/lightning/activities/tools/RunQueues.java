package dev.lightning.activities.tools;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.tools.RunQueueState;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.RunTicket;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRef;
import dev.lightning.workflows.tools.ToolSpec;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gets runs into the queues of their tools' owners, starting a queue where there is none. */
public final class RunQueues {
    private static final Duration ON_THE_WAY = Duration.ofMinutes(10);

    private final WorkflowClient client;
    private final int perUser;

    /** Takes how many runs a user may have at once. */
    public RunQueues(WorkflowClient client, int perUser) {
        this.client = client;
        this.perUser = perUser;
    }

    void enter(ToolRunOrder order, @Nullable Integer replicas) {
        ToolSpec tool = order.tool();
        RunQueueWorkflow queue = client.newWorkflowStub(
                RunQueueWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(RunQueueWorkflow.idOf(tool.ownerKey()))
                        .setTaskQueue(TaskQueues.EVENTS)
                        .setStaticSummary("runs in the order in which they came")
                        .build());
        BatchRequest together = client.newSignalWithStartRequest();
        together.add(queue::run, RunQueueState.EMPTY);
        together.add(
                queue::enter,
                new RunTicket(
                        ToolRunRef.of(order).workflowId(),
                        tool.name(),
                        replicas,
                        order.event().owner().key(),
                        perUser,
                        since(order)));
        client.signalWithStart(together);
    }

    /** Null for what has waited for something else than its turn: an approval, or the time for which it was posted. */
    private static @Nullable Instant since(ToolRunOrder order) {
        Instant receivedAt = order.event().receivedAt();
        boolean lately = receivedAt.isAfter(Instant.now().minus(ON_THE_WAY));
        return lately && !order.tool().needsApproval() ? receivedAt : null;
    }
}
