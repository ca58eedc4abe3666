package dev.lightning.api.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes valid events in: when it returns, the event is in its row and Temporal has persisted the start of its workflow. */
public interface EventIntake {
    /**
     * Starts the event, or finds it started.
     *
     * @param due when it is to run, null for now
     * @throws org.springframework.web.ErrorResponseException an {@code OVERLOADED} when it is for now, was not taken before
     *     and others wait already, a {@code CONFLICT} for the same id with another body, a
     *     {@code TEMPORAL_UNAVAILABLE} or {@code STORE_UNAVAILABLE} when whoever should have taken it did not say so
     */
    Intake take(Posted posted, @Nullable Instant due);
}
