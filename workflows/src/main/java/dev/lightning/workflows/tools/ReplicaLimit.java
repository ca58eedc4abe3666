package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * How many runs of a tool there may be at once, as its definition says now.
 *
 * @param replicas 0 while it is paused, null for as many as there are
 */
public record ReplicaLimit(String tool, @Nullable Integer replicas) {}
