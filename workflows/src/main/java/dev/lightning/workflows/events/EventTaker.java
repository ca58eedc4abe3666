package dev.lightning.workflows.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody registered who takes an event and works on it beside everybody else, for as long as it takes; or who is
 * offered to the event's handler, who may call it.
 */
public interface EventTaker {
    /** Finds who takes an event and who is offered to its handler; asked inside the event's workflow. */
    @FunctionalInterface
    interface Registry {
        List<EventTaker> takersOf(Event event);
    }

    /** The name of the step in reports; of one that is offered, the offer's name. */
    String step();

    /** What it is offered as, null when it takes the event without being called. */
    default @Nullable Offer offer() {
        return null;
    }

    /** Does the work and waits for its end; a Temporal failure that comes out of it ends the event. */
    Emission take(Event event);
}
