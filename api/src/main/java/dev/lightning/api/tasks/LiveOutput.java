package dev.lightning.api.tasks;

import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.RunStatus;
import java.io.IOException;
import java.time.Duration;

/** Follows what the runs write that this process can see. */
public interface LiveOutput {
    /** Sees no run at all. */
    LiveOutput NONE = new LiveOutput() {
        @Override
        public RunStatus follow(String workflowId, OutputPosition from, OutputReader reader) {
            return new RunStatus.Missing();
        }

        @Override
        public Duration longestPause() {
            return Duration.ofSeconds(2);
        }
    };

    /**
     * Hands over what the task's run writes after a position, until it has ended, the reader wants no more, or the thread
     * is interrupted.
     *
     * @return how the run stands; missing when there is nothing to be seen of it (yet, or any more)
     */
    RunStatus follow(String workflowId, OutputPosition from, OutputReader reader)
            throws IOException, InterruptedException;

    /** After how long at the latest it is worth asking again for a run that could not be seen. */
    default Duration longestPause() {
        return Duration.ofMillis(500);
    }
}
