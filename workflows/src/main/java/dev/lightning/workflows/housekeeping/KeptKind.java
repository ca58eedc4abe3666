package dev.lightning.workflows.housekeeping;

/** What the store keeps for a while only; the names stand in histories. */
public enum KeptKind {
    /** Event rows, from the end of the event on; an open one stays. */
    EVENTS,
    /** Entries of the effect ledger, from their last change on. */
    EFFECTS,
    /** Outgoing messages, from when they were kept; one that is still to be delivered stays. */
    MESSAGES,
    /** The rows of one-shot schedules, from when they were due. */
    SCHEDULES,
    /** Runs of tools with their output, from their end on; one that has not ended stays. */
    TASKS
}
