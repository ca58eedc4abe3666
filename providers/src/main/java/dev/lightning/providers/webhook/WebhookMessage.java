package dev.lightning.providers.webhook;

import java.time.Duration;

/**
 * A message for the receiver.
 *
 * @param id unique among all users' messages and the same in every attempt, so that the receiver can drop a repeat
 * @param body the event as JSON, byte for byte the same in every attempt
 * @param timeout how long this attempt may take
 */
public record WebhookMessage(String id, String eventId, String eventType, String body, Duration timeout) {}
