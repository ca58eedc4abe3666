package dev.lightning.workflows.events;

import java.util.List;

/** Somebody registered who takes an event and works on it beside everybody else, for as long as it takes. */
public interface EventTaker {
    /** Finds who takes an event; asked inside the event's workflow. */
    @FunctionalInterface
    interface Registry {
        List<EventTaker> takersOf(Event event);
    }

    /** The name of the step in reports. */
    String step();

    /** Does the work and waits for its end; a Temporal failure that comes out of it ends the event. */
    Emission take(Event event);
}
