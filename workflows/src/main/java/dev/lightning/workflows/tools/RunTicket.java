package dev.lightning.workflows.tools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's place in the queue.
 *
 * @param workflowId the run's workflow, which is told when it may begin
 * @param replicas how many runs of the tool there may be at once, as was known last; 0 while it is paused, null for as
 *     many as there are
 * @param userKey whose event started it
 * @param perUser how many runs a user may have at once
 * @param since when its event came, null for a run that only has the place that it takes
 */
public record RunTicket(
        String workflowId,
        String tool,
        @Nullable Integer replicas,
        String userKey,
        int perUser,
        @Nullable Instant since) {
    /** A run that stands where it enters. */
    public RunTicket(String workflowId, String tool, @Nullable Integer replicas, String userKey, int perUser) {
        this(workflowId, tool, replicas, userKey, perUser, null);
    }

    RunTicket within(@Nullable Integer other) {
        return new RunTicket(workflowId, tool, other, userKey, perUser, since);
    }

    /** Whether this one's event came first; runs that do not say so keep the order in which they entered. */
    boolean cameBefore(RunTicket other) {
        return since != null && other.since != null && since.isBefore(other.since);
    }

    /** Whether this one may have to wait for the other: they are of one tool, or of one user whose other tool is not paused. */
    boolean mayWaitFor(RunTicket other) {
        return tool.equals(other.tool) || (userKey.equals(other.userKey) && !other.isPaused());
    }

    private boolean isPaused() {
        return replicas != null && replicas == 0;
    }
}
