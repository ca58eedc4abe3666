package dev.lightning.workflows.notifications;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Goes on delivering a message that could not be delivered while its event was running. */
@WorkflowInterface
public interface DeliveryWorkflow {
    /** Waits for {@code firstGap}, then tries until the message is delivered, refused for good or given up. */
    @WorkflowMethod(name = "Delivery")
    DeliveryState deliver(Announcement announcement, Duration firstGap);
}
