package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * What the store knew when a run began.
 *
 * @param completed how an earlier run of the same order completed, null when none did; it is not done again
 */
public record ToolRunBeginning(@Nullable ToolRunResult completed) {}
