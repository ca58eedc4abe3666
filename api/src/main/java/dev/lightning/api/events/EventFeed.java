package dev.lightning.api.events;

import dev.lightning.api.streaming.Feed;
import dev.lightning.api.streaming.SseWriter;
import dev.lightning.workflows.events.Owner;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells every change of an event until it ends, as server-sent events named {@code status}. It looks again and again,
 * ever more slowly while nothing changes: from four times a second to once in five seconds.
 */
final class EventFeed implements Feed {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final EventInspector inspector;
    private final Owner owner;
    private final EventView first;
    private @Nullable EventView told;
    private Duration pause = SHORTEST;

    /** Starts with the event as it was just seen. */
    EventFeed(EventInspector inspector, Owner owner, EventView first) {
        this.inspector = inspector;
        this.owner = owner;
        this.first = first;
    }

    @Override
    public @Nullable Duration tell(SseWriter out) throws IOException {
        EventView now = told == null ? first : inspector.find(owner, first.id()).orElse(null);
        if (now == null) {
            return null;
        }
        if (now.equals(told)) {
            pause = slower(pause);
        } else {
            out.event("status", null, EventJson.MAPPER.writeValueAsString(now));
            told = now;
            pause = SHORTEST;
        }
        return now.status().isTerminal() ? null : pause;
    }

    private static Duration slower(Duration pause) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
}
