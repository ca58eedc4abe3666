package dev.lightning.workflows.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One handler's work on one event of the chain, as an operator reads it.
 *
 * @param name the handler's step name, for example {@code chat}
 * @param eventId the event of the chain that it worked on
 */
public record Step(
        String name,
        EventId eventId,
        StepState state,
        int attempts,
        @Nullable String lastError,
        Instant startedAt,
        @Nullable Instant endedAt) {

    static Step started(String name, EventId eventId, Instant now) {
        return new Step(name, eventId, StepState.RUNNING, 1, null, now, null);
    }

    Step ended(StepState newState, Attempts tried, Instant now) {
        return new Step(name, eventId, newState, tried.count(), tried.lastError(), startedAt, now);
    }
}
