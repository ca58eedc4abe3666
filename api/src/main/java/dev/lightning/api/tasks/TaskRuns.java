package dev.lightning.api.tasks;

import dev.lightning.workflows.tools.ToolRunProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The workflows behind tasks, as the edge needs them: watched, cancelled and given more time. */
interface TaskRuns {
    /** Where the run is; empty when it cannot be said right now, or no longer. */
    Optional<ToolRunProgress> progress(String workflowId);

    /** Asks the run to end as CANCELLED; false when there is none that is open. */
    boolean cancel(String workflowId);

    Extension extend(String workflowId, Duration by);

    /** What came of asking for more time. */
    sealed interface Extension {
        record Granted(Instant deadline) implements Extension {}

        /** The run cannot take it, in words for people. */
        record Refused(String why) implements Extension {}

        /** There is no run that is open. */
        record Ended() implements Extension {}
    }
}
