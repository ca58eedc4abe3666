package dev.lightning.providers.runtime;

import java.time.Instant;

/** A run that is there, with the workflow it belongs to. */
public record KnownRun(String name, String workflowId, Instant createdAt) {}
