package dev.lightning.workflows.tools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A program as it was seen last.
 *
 * @param alive whether it still runs
 * @param startedAt null when nothing of it is there any more
 */
public record Observation(boolean alive, @Nullable Instant startedAt) {}
