package dev.lightning.providers.runtime.azure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was there a moment ago: Azure counts how often it is asked. */
public final class Sightings {
    private static final int MANY = 1_000;

    private final long nanos;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    /** Takes for how long what was seen is taken to be there still. */
    public Sightings(Duration freshness) {
        this.nanos = freshness.toNanos();
    }

    /** Notes that it is there. */
    public void saw(String name) {
        if (seen.size() > MANY) {
            seen.values().removeIf(at -> System.nanoTime() - at > nanos);
        }
        seen.put(name, System.nanoTime());
    }

    /** Whether it was there a moment ago. */
    public boolean isFresh(String name) {
        Long at = seen.get(name);
        return at != null && System.nanoTime() - at < nanos;
    }

    /** Has it looked at next time. */
    public void forget(String name) {
        seen.remove(name);
    }
}
