package dev.lightning.api.admission;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has how many accepted events that have not ended. What is older than it takes to work off a full window counts no
 * more: it waits for something else than us, a person, a tool, a model that is away.
 */
final class Outstanding {
    private final long oldest;
    private final Map<EventKey, Long> since = new LinkedHashMap<>();
    private final Map<String, Integer> owned = new HashMap<>();

    /** An event within the platform. */
    record EventKey(String ownerKey, String eventId) {}

    Outstanding(Duration oldest) {
        this.oldest = oldest.toNanos();
    }

    boolean has(EventKey event) {
        return since.containsKey(event);
    }

    void add(EventKey event, long now) {
        if (since.putIfAbsent(event, now) == null) {
            owned.merge(event.ownerKey(), 1, Integer::sum);
        }
    }

    void remove(EventKey event) {
        if (since.remove(event) != null) {
            disown(event);
        }
    }

    void forgetOld(long now) {
        Iterator<Map.Entry<EventKey, Long>> events = since.entrySet().iterator();
        while (events.hasNext()) {
            Map.Entry<EventKey, Long> first = events.next();
            if (now - first.getValue() < oldest) {
                return;
            }
            events.remove();
            disown(first.getKey());
        }
    }

    int total() {
        return since.size();
    }

    int of(String ownerKey) {
        return owned.getOrDefault(ownerKey, 0);
    }

    int owners() {
        return owned.size();
    }

    private void disown(EventKey event) {
        owned.computeIfPresent(event.ownerKey(), (_, own) -> own == 1 ? null : own - 1);
    }
}
