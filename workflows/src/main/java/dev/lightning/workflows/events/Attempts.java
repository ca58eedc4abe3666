package dev.lightning.workflows.events;

import org.jspecify.annotations.Nullable;

/**
 * How often a step was tried.
 *
 * @param count from 1
 * @param lastError what the last attempt that failed said, null when the first one succeeded
 */
public record Attempts(int count, @Nullable String lastError) {
    public static final Attempts FIRST = new Attempts(1, null);
}
