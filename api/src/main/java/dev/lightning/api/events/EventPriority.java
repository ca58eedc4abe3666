package dev.lightning.api.events;

import dev.lightning.api.admission.Urgency;
import dev.lightning.workflows.events.Owner;
import io.temporal.common.Priority;

/**
 * In which order Temporal hands out what waits: the more urgent first, and within that, where the server can, one owner's
 * after the other's. What the event causes inherits it.
 */
public final class EventPriority {
    private EventPriority() {}

    /** The priority of this owner's event. */
    public static Priority of(Owner owner, Urgency urgency) {
        return Priority.newBuilder()
                .setPriorityKey(urgency.priorityKey())
                .setFairnessKey(owner.key())
                .build();
    }
}
