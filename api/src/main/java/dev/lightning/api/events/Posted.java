package dev.lightning.api.events;

import dev.lightning.workflows.events.Event;

/**
 * A valid event as a client posted it.
 *
 * @param bodyHash SHA-256 of the RFC 8785 form of what the client said, so that a repeat can be told from another event
 */
public record Posted(Event event, String bodyHash) {}
