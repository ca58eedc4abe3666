package dev.lightning.workflows.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as people and programs outside see it: in answers, notifications and on the live stream. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventDocument(
        String id,
        Instant timestamp,
        String source,
        String type,
        @JsonProperty("userID") String userId,
        @Nullable String subject,
        String correlationId,
        @Nullable String causationId,
        int hop,
        Metadata metadata) {
    public static EventDocument of(Event event) {
        EventId cause = event.causationId();
        return new EventDocument(
                event.id().value(),
                event.time(),
                event.source(),
                event.type(),
                event.owner().userId(),
                event.subject(),
                event.correlationId().value(),
                cause == null ? null : cause.value(),
                event.hop(),
                event.metadata());
    }
}
