package dev.lightning.api.events;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.EventBlobs;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Keeps metadata that is too large for a history in the blob store, and leaves a cut of it in the event. */
public final class LargeMetadata {
    /** What an event may carry itself, as bytes of JSON. */
    public static final int MAX_INLINE = 128 * 1024;

    /** How long strings may stay, tried in this order until the cut fits. */
    private static final int[] STRING_LIMITS = {4_096, 256, 16};

    private final BlobStore blobs;

    public LargeMetadata(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** The event itself if it is small enough; else, once the whole metadata is stored, the event with a cut of it. */
    public Event fit(Event event) {
        byte[] whole = json(event.metadata());
        if (whole.length <= MAX_INLINE) {
            return event;
        }
        BlobRef ref =
                new BlobRef(EventBlobs.metadata(event.owner().key(), event.id().value()));
        blobs.put(ref.key(), whole);
        return Event.root(
                event.id(),
                event.type(),
                event.source(),
                event.time(),
                event.receivedAt(),
                event.owner(),
                event.subject(),
                cut(event.metadata()),
                ref);
    }

    /** Shortens strings until it fits; metadata that is large without long strings leaves nothing. */
    static Metadata cut(Metadata metadata) {
        return IntStream.of(STRING_LIMITS)
                .mapToObj(limit -> Metadata.of(cut(metadata.asMap(), limit)))
                .filter(shorter -> json(shorter).length <= MAX_INLINE)
                .findFirst()
                .orElseGet(Metadata::empty);
    }

    private static Map<String, @Nullable Object> cut(Map<?, ?> values, int limit) {
        Map<String, @Nullable Object> shorter = new LinkedHashMap<>();
        values.forEach((name, value) -> shorter.put((String) name, cutValue(value, limit)));
        return shorter;
    }

    private static @Nullable Object cutValue(@Nullable Object value, int limit) {
        return switch (value) {
            case String text when text.length() > limit -> text.substring(0, text.offsetByCodePoints(0, limit / 2));
            case Map<?, ?> object -> cut(object, limit);
            case List<?> array ->
                array.stream().map(inner -> cutValue(inner, limit)).toList();
            case null, default -> value;
        };
    }

    private static byte[] json(Metadata metadata) {
        return EventJson.MAPPER.writeValueAsBytes(metadata.asMap());
    }
}
