package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * A run's place in the queue.
 *
 * @param workflowId the run's workflow, which is told when it may begin
 * @param replicas how many runs of the tool there may be at once, as was known last; 0 while it is paused, null for as
 *     many as there are
 * @param userKey whose event started it
 * @param perUser how many runs a user may have at once
 */
public record RunTicket(
        String workflowId, String tool, @Nullable Integer replicas, String userKey, int perUser) {
    RunTicket within(@Nullable Integer other) {
        return new RunTicket(workflowId, tool, other, userKey, perUser);
    }

    /** Whether one of the two may have to wait for the other: they are of one tool, or of one user. */
    boolean isRivalOf(RunTicket other) {
        return tool.equals(other.tool) || userKey.equals(other.userKey);
    }
}
