package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps one user from posting so much that others wait. Remembers the users who posted last, not everybody ever. */
final class AcceptLimit {
    private static final int MAX_USERS = 10_000;

    private final Bandwidth bandwidth;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_USERS;
        }
    };

    AcceptLimit(int perSecond, int burst) {
        this.bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
    }

    /** Lets these events pass, or throws a {@code TOO_MANY_REQUESTS} that says when they will. */
    void take(String ownerKey, int events) {
        ConsumptionProbe probe = bucket(ownerKey).tryConsumeAndReturnRemaining(events);
        if (!probe.isConsumed()) {
            throw Problem.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket(String ownerKey) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    ownerKey, _ -> Bucket.builder().addLimit(bandwidth).build());
        }
    }
}
