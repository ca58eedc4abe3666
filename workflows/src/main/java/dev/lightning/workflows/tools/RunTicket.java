package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * A run's place in the queue.
 *
 * @param workflowId the run's workflow, which is told when it may begin
 * @param replicas how many runs of the tool there may be at once, null for as many as there are
 * @param userKey whose event started it
 * @param perUser how many runs a user may have at once
 */
public record RunTicket(
        String workflowId, String tool, @Nullable Integer replicas, String userKey, int perUser) {}
