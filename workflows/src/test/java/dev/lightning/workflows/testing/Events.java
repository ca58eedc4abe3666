package dev.lightning.workflows.testing;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.util.Map;

/** Events for tests. */
public final class Events {
    public static final Owner ALICE = new Owner("aliceaaaaaaa", "alice");
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

    private Events() {}

    public static Event chat(String id) {
        return of(id, EventTypes.LLM_CHAT, Metadata.of(Map.of("prompt", "Say hello")));
    }

    public static Event message(String id) {
        return of(id, EventTypes.USER_MESSAGE, Metadata.of(Map.of("text", "Lunch is ready")));
    }

    public static Event of(String id, String type) {
        return of(id, type, Metadata.empty());
    }

    public static Event of(String id, String type, Metadata metadata) {
        return Event.root(new EventId(id), type, "test", TIME, TIME, ALICE, null, metadata, null);
    }
}
