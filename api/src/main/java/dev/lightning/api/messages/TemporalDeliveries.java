package dev.lightning.api.messages;

import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryWorkflow;
import dev.lightning.workflows.notifications.DeliveryWorkflowId;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a new run of the message's delivery workflow; Temporal sees to it that there is one at a time. */
public final class TemporalDeliveries implements Deliveries {
    private static final Logger log = LoggerFactory.getLogger(TemporalDeliveries.class);

    private final WorkflowClient client;

    public TemporalDeliveries(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public boolean start(Event message) {
        DeliveryWorkflow delivery = client.newWorkflowStub(DeliveryWorkflow.class, options(message));
        try {
            TemporalCalls.within(
                    TemporalCalls.PATIENCE,
                    () -> WorkflowClient.start(delivery::deliver, new Announcement(message, 0), Duration.ZERO));
            log.info("event=message.resent owner={} message={}", message.owner().key(), message.id());
            return true;
        } catch (WorkflowExecutionAlreadyStarted running) {
            return false;
        }
    }

    private static WorkflowOptions options(Event message) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(DeliveryWorkflowId.of(message))
                .setTaskQueue(TaskQueues.EVENTS)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary(
                        "deliver " + message.type() + " to " + message.owner().userId() + " again")
                .build();
    }
}
