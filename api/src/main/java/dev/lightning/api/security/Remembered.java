package dev.lightning.api.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Knows what every request asks without finding it out every time, and forgets it soon enough for a lock-out or a
 * withdrawn key to work.
 */
final class Remembered<K, V> {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Clock clock;
    private final Function<V, Instant> end;
    private final BoundedMap<K, Known<V>> known;

    /** Takes how many are kept at most, and until when each is true at the longest. */
    Remembered(Clock clock, int most, Function<V, Instant> end) {
        this.clock = clock;
        this.end = end;
        this.known = new BoundedMap<>(most);
    }

    /** What was found out at most 30 seconds ago; what the finding out throws is not kept. */
    V find(K key, Function<K, V> findOut) {
        Instant now = clock.instant();
        Known<V> entry = get(key);
        if (entry != null && now.isBefore(entry.until())) {
            return entry.value();
        }
        V value = findOut.apply(key);
        Instant fresh = now.plus(FRESH);
        Instant last = end.apply(value);
        put(key, new Known<>(value, last.isBefore(fresh) ? last : fresh));
        return value;
    }

    private @Nullable Known<V> get(K key) {
        synchronized (known) {
            return known.get(key);
        }
    }

    private void put(K key, Known<V> value) {
        synchronized (known) {
            known.put(key, value);
        }
    }

    private record Known<V>(V value, Instant until) {}
}
