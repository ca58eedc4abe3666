package dev.lightning.api.messages;

import dev.lightning.workflows.events.Event;

/** Starts deliveries anew, for messages that were given up. */
public interface Deliveries {
    /**
     * Starts delivering the message at once, with all its attempts before it. When nobody answers, the gRPC status
     * passes through, which the edge says as 503.
     *
     * @return false when a delivery of this message is under way already
     */
    boolean start(Event message);
}
