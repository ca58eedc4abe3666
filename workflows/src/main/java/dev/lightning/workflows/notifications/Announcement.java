package dev.lightning.workflows.notifications;

import dev.lightning.workflows.events.Event;

/**
 * One outgoing message on its way.
 *
 * @param message the event that is the message
 * @param attemptsBefore how many attempts others have made already, so that the gaps keep growing
 */
public record Announcement(Event message, int attemptsBefore) {}
