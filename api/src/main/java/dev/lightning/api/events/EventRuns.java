package dev.lightning.api.events;

import dev.lightning.api.admission.Urgency;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.Owner;

/** The workflows behind events, as the edge needs them: started, watched, cancelled and run again. */
public interface EventRuns {
    /** Starts the event's workflow unless there is one; never a second one, however often it is called. */
    RunStart start(EventSubmission submission, Urgency urgency);

    /** Starts another run of an ended workflow with what its last run started from. */
    RunStart startAgain(Owner owner, EventId id);

    RunState state(Owner owner, EventId id);

    Cancelling cancel(Owner owner, EventId id);

    /** What came of asking for a cancellation. */
    enum Cancelling {
        /** The event will end, or has ended, which Temporal does not tell apart. */
        REQUESTED,
        /** There never was a run. */
        MISSING,
        AWAY
    }
}
