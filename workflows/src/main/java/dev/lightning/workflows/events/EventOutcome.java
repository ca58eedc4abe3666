package dev.lightning.workflows.events;

import org.jspecify.annotations.Nullable;

/** How a run of an event ended, as the Temporal Web UI shows it; the row keeps the whole {@link EventReport}. */
public record EventOutcome(EventStatus status, @Nullable Reason reason) {}
