package dev.lightning.api.messages;

import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventDocument;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes the event of a kept message again, in the size that a history may hold. */
final class MessageEvents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private MessageEvents() {}

    static Event of(MessageRow row, String body) {
        EventDocument document = JSON.readValue(body, EventDocument.class);
        String cause = document.causationId();
        String blob = row.eventBlob();
        return new Event(
                new EventId(document.id()),
                document.type(),
                document.source(),
                document.timestamp(),
                row.keptAt(),
                new Owner(row.ownerKey(), document.userId()),
                document.subject(),
                new EventId(document.correlationId()),
                cause == null ? null : new EventId(cause),
                document.hop(),
                blob == null ? document.metadata() : Metadata.empty(),
                blob == null ? null : new BlobRef(blob));
    }
}
