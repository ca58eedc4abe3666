package dev.lightning.api.tasks;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The workflows behind tasks, as the edge needs them: watched, decided about, cancelled and given more time. */
interface TaskRuns {
    /** Where the run is; empty when it cannot be said right now, or no longer. */
    Optional<ToolRunProgress> progress(String workflowId);

    /** The event that the run takes; empty when it cannot be said right now, or no longer. */
    Optional<Event> event(String workflowId);

    /** Where a run of this user's waits for its turn; empty when it does not, or it cannot be said right now. */
    Optional<QueuePlace> place(Owner owner, String workflowId);

    /** What the run tries again and again right now; empty when all goes well, or it cannot be said. */
    Optional<Trouble> trouble(String workflowId);

    /** Tells exactly this run of the workflow what was decided about it. */
    Ruling decide(String workflowId, String runId, ApprovalDecision decision, Verdict verdict);

    /** Asks the run to end as CANCELLED; false when there is none that is open. */
    boolean cancel(String workflowId);

    Extension extend(String workflowId, Duration by);

    /**
     * An activity whose last attempt failed.
     *
     * @param attempts the attempt under way or waited for, from 1
     * @param lastError what the last failed one said
     */
    record Trouble(int attempts, String lastError) {}

    /** What came of a decision. */
    sealed interface Ruling {
        record Made() implements Ruling {}

        /** The run cannot take it, in words for people. */
        record Refused(String why) implements Ruling {}

        /** This run is not open. */
        record Ended() implements Ruling {}
    }

    /** What came of asking for more time. */
    sealed interface Extension {
        record Granted(Instant deadline) implements Extension {}

        /** The run cannot take it, in words for people. */
        record Refused(String why) implements Extension {}

        /** There is no run that is open. */
        record Ended() implements Extension {}
    }
}
