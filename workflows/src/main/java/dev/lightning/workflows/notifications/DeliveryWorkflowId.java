package dev.lightning.workflows.notifications;

import dev.lightning.workflows.events.Event;

/** The workflow id of a late delivery: one per message at a time. */
public final class DeliveryWorkflowId {
    private DeliveryWorkflowId() {}

    public static String of(Event message) {
        return "delivery-" + message.owner().key() + "-" + message.id();
    }
}
