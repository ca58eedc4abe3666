package dev.lightning.workflows.events;

/** Where one step of an event stands. */
public enum StepState {
    RUNNING,
    DONE,
    /** Still under way, but in a workflow of its own. */
    HANDED_OVER,
    FAILED,
    CANCELLED,
    /** Runs as soon as somebody approves of it; only answers say this, reports say RUNNING. */
    AWAITING_APPROVAL
}
