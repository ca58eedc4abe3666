package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lightning.workflows.events.EventDocument;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.StepState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as its user reads it.
 *
 * @param stuck whether it cannot go on until an operator fixes something
 * @param live whether Temporal could be asked; if not, this is the last that the store knows
 * @param steps what was done, in order
 * @param events what it caused, in order
 * @param runs its runs, oldest first; a retry adds one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
        String id,
        String type,
        String source,
        Instant timestamp,
        Instant receivedAt,
        @JsonProperty("userID") String userId,
        EventStatus status,
        boolean stuck,
        boolean live,
        @Nullable Reason reason,
        @Nullable Instant due,
        List<StepView> steps,
        List<EventDocument> events,
        List<RunView> runs,
        String workflowId,
        Links links) {
    /** One handler's work on one event of the chain. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(
            String name,
            String eventId,
            StepState state,
            int attempts,
            @Nullable String lastError,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** One run of the event's workflow. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunView(
            String runId,
            EventStatus status,
            @Nullable Reason reason,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** Where to go on reading. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Links(String self, String stream, @Nullable String temporalUi) {}
}
