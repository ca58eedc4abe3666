package dev.lightning.workflows.events;

/**
 * One kind of work that an event can cause. It runs inside the event's workflow, so it is deterministic and leaves
 * everything else to activities.
 */
public interface EventHandler {
    boolean handles(String type);

    /** The name of the step in reports, for example {@code chat}. */
    String step();

    /** Does the work; a Temporal failure that comes out of it ends the event. */
    Handled handle(Event event, EventSubmission submission);
}
