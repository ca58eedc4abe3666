package dev.lightning.workflows.notifications;

import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Waits, then leaves the retrying to Temporal, so that a day of attempts adds nothing to the history. */
public final class DeliveryWorkflowImpl implements DeliveryWorkflow {
    private final NotificationActivities notifications =
            Workflow.newActivityStub(NotificationActivities.class, NotificationPolicy.FOR_DAYS);

    @Override
    public DeliveryState deliver(Announcement announcement, Duration firstGap) {
        Workflow.sleep(firstGap);
        return notifications.deliver(announcement).state();
    }
}
