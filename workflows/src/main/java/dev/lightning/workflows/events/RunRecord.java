package dev.lightning.workflows.events;

import java.time.Instant;

/** One finished run of an event's workflow, for its row. */
public record RunRecord(
        Owner owner, EventId eventId, String runId, Instant startedAt, Instant endedAt, EventReport report) {}
