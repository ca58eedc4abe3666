package dev.lightning.workflows.events;

/**
 * Why an event did not complete, in words that its user can act on.
 *
 * @param code stable, dotted, for programs
 * @param message one sentence for people, free of secrets and prompt text
 */
public record Reason(String code, String message) {}
