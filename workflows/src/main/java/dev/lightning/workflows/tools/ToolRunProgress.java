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
 */
public record ToolRunProgress(
        ToolRunState state,
        Instant since,
        @Nullable Instant startedAt,
        @Nullable Instant deadline,
        @Nullable ToolRunResult result,
        @Nullable Approval approval) {
    /** A run that needs no approval. */
    public ToolRunProgress(
            ToolRunState state,
            Instant since,
            @Nullable Instant startedAt,
            @Nullable Instant deadline,
            @Nullable ToolRunResult result) {
        this(state, since, startedAt, deadline, result, null);
    }
}
