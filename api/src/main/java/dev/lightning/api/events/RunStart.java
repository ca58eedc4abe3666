package dev.lightning.api.events;

/** What came of asking Temporal to start an event's workflow. */
public sealed interface RunStart {
    /** The workflow is there: Temporal has persisted its start, now or earlier. */
    record Persisted(String runId) implements RunStart {}

    /** Temporal did not start it, for certain. */
    record Refused(String why) implements RunStart {}

    /** Nobody can say whether Temporal started it: the answer was lost or late. */
    record Unknown(String why) implements RunStart {}

    /** There is nothing left to start it from: its history is gone. */
    record NoHistory() implements RunStart {}
}
