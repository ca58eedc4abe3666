package dev.lightning.api.admission;

/** How long somebody is expected to wait for an event: what Temporal hands out first, and who gives way under overload. */
public enum Urgency {
    /** Somebody sits in front of it: a chat that was posted alone and for now. */
    INTERACTIVE(2),
    /** What else was posted alone and for now. */
    NORMAL(3),
    /** What came in an array, or is for later: nobody waits for the single one. */
    BATCH(4);

    private final int priorityKey;

    Urgency(int priorityKey) {
        this.priorityKey = priorityKey;
    }

    /** Temporal's number for it: 1 to 5, lower goes first; 1 and 5 are left to operators. */
    public int priorityKey() {
        return priorityKey;
    }
}
