package dev.lightning.workflows.tools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment, as its query answers.
 *
 * @param startedAt when the program started, null before
 * @param deadline when it is ended at the latest, null before it has started
 * @param result how it ended, null while it has not
 * @param approval what was decided about it, null for a run that needs no approval
 * @param interruptions how often it began anew because what it ran on was taken away, null for never
 */
public record ToolRunProgress(
        ToolRunState state,
        Instant since,
        @Nullable Instant startedAt,
        @Nullable Instant deadline,
        @Nullable ToolRunResult result,
        @Nullable Approval approval,
        @Nullable Integer interruptions) {
    /** A run that needs no approval and was never interrupted. */
    public ToolRunProgress(
            ToolRunState state,
            Instant since,
            @Nullable Instant startedAt,
            @Nullable Instant deadline,
            @Nullable ToolRunResult result) {
        this(state, since, startedAt, deadline, result, null, null);
    }
}
