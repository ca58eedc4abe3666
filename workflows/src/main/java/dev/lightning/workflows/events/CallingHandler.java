package dev.lightning.workflows.events;

import java.util.List;

/** A handler that does better when it may call what is registered; without an offer it works as any other. */
public interface CallingHandler extends EventHandler {
    /** Does the work, for as long as the calls take; a Temporal failure that comes out of it ends the event. */
    List<Emission> handle(Event event, EventSubmission submission, Calls calls);
}
