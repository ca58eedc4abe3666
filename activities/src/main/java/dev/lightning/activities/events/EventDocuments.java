package dev.lightning.activities.events;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventDocument;
import dev.lightning.workflows.events.Metadata;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes an event as receivers and tools get it, with all of its metadata even where the history holds only a cut. */
public final class EventDocuments {
    /** What a receiver is sent at most; of a larger event it gets the cut. */
    public static final int MAX_METADATA = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(EventDocuments.class);
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final BlobStore blobs;

    public EventDocuments(BlobStore blobs) {
        this.blobs = blobs;
    }

    public String write(Event event) {
        EventDocument cut = EventDocument.of(event);
        return JSON.writeValueAsString(
                whole(event).map(metadata -> with(cut, metadata)).orElse(cut));
    }

    /** All of an event's metadata, or the cut where the whole is gone or too large. */
    public Metadata metadata(Event event) {
        return whole(event).orElse(event.metadata());
    }

    private static EventDocument with(EventDocument cut, Metadata whole) {
        return new EventDocument(
                cut.id(),
                cut.timestamp(),
                cut.source(),
                cut.type(),
                cut.userId(),
                cut.subject(),
                cut.correlationId(),
                cut.causationId(),
                cut.hop(),
                whole);
    }

    private Optional<Metadata> whole(Event event) {
        BlobRef ref = event.blobRef();
        if (ref == null) {
            return Optional.empty();
        }
        Optional<Metadata> metadata =
                blobs.get(ref.key()).filter(blob -> blob.length <= MAX_METADATA).flatMap(EventDocuments::parse);
        if (metadata.isEmpty()) {
            log.warn(
                    "event=message.cut owner={} message={} reason=metadata_missing_or_too_large",
                    event.owner().key(),
                    event.id());
        }
        return metadata;
    }

    private static Optional<Metadata> parse(byte[] blob) {
        try {
            return Optional.of(Metadata.of(JSON.readValue(blob, OBJECT)));
        } catch (JacksonException | IllegalArgumentException notAnObject) {
            return Optional.empty();
        }
    }
}
