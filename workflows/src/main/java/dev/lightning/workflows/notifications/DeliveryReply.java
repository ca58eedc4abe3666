package dev.lightning.workflows.notifications;

import dev.lightning.workflows.events.Attempts;

/**
 * How an attempt to deliver a message went.
 *
 * @param attempts all attempts so far, those of other activities included
 */
public record DeliveryReply(DeliveryState state, Attempts attempts) {}
