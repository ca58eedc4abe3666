package dev.lightning.api.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.workflows.notifications.DeliveryState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as its user sees it.
 *
 * @param attempts how often it was posted to {@code NOTIFY_URL}
 * @param event the event that is the message; a list leaves out a large one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageView(
        String id,
        String type,
        DeliveryState delivery,
        int attempts,
        @Nullable String lastError,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant deliveredAt,

        @JsonRawValue @Schema(types = "object") @Nullable String event) {

    static MessageView listed(MessageRow row) {
        return whole(row, row.body());
    }

    static MessageView whole(MessageRow row, @Nullable String event) {
        return new MessageView(
                row.id(),
                row.type(),
                DeliveryState.valueOf(row.delivery()),
                row.attempts(),
                row.lastError(),
                row.keptAt(),
                row.changedAt(),
                row.deliveredAt(),
                event);
    }
}
