package dev.lightning.api.events;

import dev.lightning.api.admission.Urgency;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventTypes;

/**
 * A valid event as a client posted it.
 *
 * @param bodyHash SHA-256 of the RFC 8785 form of what the client said, so that a repeat can be told from another event
 * @param urgency how soon somebody wants it done
 */
public record Posted(Event event, String bodyHash, Urgency urgency) {
    /** An event posted alone and for now. */
    public Posted(Event event, String bodyHash) {
        this(event, bodyHash, urgencyOf(event.type()));
    }

    /** The same as one of many, or for later. */
    public Posted asBatch() {
        return new Posted(event, bodyHash, Urgency.BATCH);
    }

    static Urgency urgencyOf(String type) {
        return type.equals(EventTypes.LLM_CHAT) ? Urgency.INTERACTIVE : Urgency.NORMAL;
    }
}
