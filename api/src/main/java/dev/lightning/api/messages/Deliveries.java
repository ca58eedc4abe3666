package dev.lightning.api.messages;

import dev.lightning.workflows.events.Event;

/** Starts deliveries anew, for messages that were given up. */
public interface Deliveries {
    /**
     * Starts delivering the message at once, with all its attempts before it.
     *
     * @return false when a delivery of this message is under way already
     * @throws org.springframework.web.ErrorResponseException a {@code TEMPORAL_UNAVAILABLE}
     */
    boolean start(Event message);
}
