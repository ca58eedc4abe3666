package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as a list shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventSummary(
        String id,
        String type,
        String source,
        Instant timestamp,
        Instant receivedAt,
        @JsonProperty("userID") String userId,
        EventStatus status,
        @Nullable Reason reason,
        @Nullable Instant due,
        @Nullable Instant endedAt) {
    static EventSummary of(EventRow row, Instant now) {
        return new EventSummary(
                row.id(),
                row.type(),
                row.source(),
                row.time(),
                row.receivedAt(),
                row.userId(),
                Standings.status(row, now),
                Standings.reason(row.standing().reasonCode(), row.standing().reasonMessage()),
                row.due(),
                row.standing().endedAt());
    }
}
