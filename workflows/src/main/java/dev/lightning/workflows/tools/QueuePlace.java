package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * How far a run is from its turn.
 *
 * @param position 1 for the run that is next, among those that wait for the same tool, or have the same user
 *     and a tool that is not paused
 * @param waiting how many of those there are
 * @param running how many runs of the tool there are now
 * @param replicas how many there may be at once, null for as many as there are
 */
public record QueuePlace(
        int position, int waiting, int running, @Nullable Integer replicas) {}
