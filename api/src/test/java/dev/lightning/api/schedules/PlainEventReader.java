package dev.lightning.api.schedules;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.events.EventReader;
import dev.lightning.api.events.Posted;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads just enough of an event: its id, its type, and that it has one. */
final class PlainEventReader implements EventReader {
    private final AtomicInteger ids = new AtomicInteger();

    @Override
    public @Nullable Posted read(
            JsonNode event,
            Caller caller,
            String path,
            @Nullable Instant defaultTime,
            @Nullable String fixedId,
            Findings findings) {
        String type = event.path("type").asString("");
        if (type.isEmpty()) {
            findings.add(path.isEmpty() ? "type" : path + ".type", "is required");
            return null;
        }
        String id = fixedId == null ? event.path("id").asString("made-" + ids.incrementAndGet()) : fixedId;
        Instant time = event.has("timestamp")
                ? Instant.parse(event.get("timestamp").asString())
                : Objects.requireNonNull(defaultTime);
        Event read =
                Event.root(new EventId(id), type, "tests", time, time, caller.owner(), null, Metadata.empty(), null);
        return new Posted(read, "hash of " + event);
    }
}
