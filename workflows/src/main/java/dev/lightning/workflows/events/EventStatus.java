package dev.lightning.workflows.events;

/** Where an event stands; the same words in the API, the search attribute and the docs. */
public enum EventStatus {
    SCHEDULED,
    RUNNING,
    COMPLETED,
    UNROUTED,
    FAILED,
    CANCELLED;

    public boolean isTerminal() {
        return switch (this) {
            case SCHEDULED, RUNNING -> false;
            case COMPLETED, UNROUTED, FAILED, CANCELLED -> true;
        };
    }
}
