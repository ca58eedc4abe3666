package dev.lightning.activities.chat;

import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.util.Map;

/** The events of these tests. */
final class Chats {
    static final String EFFECT_KEY = "owner1/event-1/chat";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Chats() {}

    static Event prompt(String text) {
        return of(Map.of("prompt", text), null);
    }

    static Event of(Map<String, Object> metadata, BlobRef blobRef) {
        return Event.root(
                new EventId("event-1"),
                "llm.chat",
                "test",
                NOON,
                NOON,
                new Owner("owner1", "alice"),
                null,
                Metadata.of(metadata),
                blobRef);
    }
}
