package dev.lightning.providers.runtime.aci;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which groups were there a moment ago: Azure counts how often it is asked. */
final class Sightings {
    private static final int MANY = 1_000;

    private final long nanos;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    Sightings(Duration freshness) {
        this.nanos = freshness.toNanos();
    }

    void saw(String name) {
        if (seen.size() > MANY) {
            seen.values().removeIf(at -> System.nanoTime() - at > nanos);
        }
        seen.put(name, System.nanoTime());
    }

    boolean isFresh(String name) {
        Long at = seen.get(name);
        return at != null && System.nanoTime() - at < nanos;
    }

    void forget(String name) {
        seen.remove(name);
    }
}
