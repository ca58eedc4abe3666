package dev.lightning.api.events;

/**
 * What the platform made of a posted event.
 *
 * @param duplicate whether the same event had been taken before, so that nothing new was started
 */
public record Intake(String eventId, String workflowId, String runId, boolean duplicate) {}
