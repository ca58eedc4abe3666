package dev.lightning.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows when each event was meant to be posted, was accepted and was notified, and counts what is lost or doubled. */
final class Stopwatch {
    private final Map<String, Long> intended = new ConcurrentHashMap<>();
    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, Long> notified = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final CountDownLatch open;

    Stopwatch(int events) {
        this.open = new CountDownLatch(events);
    }

    void posting(String id, long intendedNanos) {
        intended.put(id, intendedNanos);
    }

    void accepted(String id) {
        accepted.put(id, System.nanoTime());
    }

    void refused() {
        refused.incrementAndGet();
        open.countDown();
    }

    void notified(String id) {
        if (!intended.containsKey(id)) {
            return;
        }
        if (notified.putIfAbsent(id, System.nanoTime()) == null) {
            open.countDown();
        } else {
            doubled.incrementAndGet();
        }
    }

    void awaitAll(Duration limit) throws InterruptedException {
        if (!open.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            System.err.println("Not all events came back within " + limit);
        }
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new TreeMap<>();
        long first = intended.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long last = notified.values().stream().mapToLong(Long::longValue).max().orElse(first);
        figures.put("events", intended.size());
        figures.put("refused", refused.get());
        figures.put("lost", (int) accepted.keySet().stream()
                .filter(id -> !notified.containsKey(id))
                .count());
        figures.put("doubled", doubled.get());
        figures.put(
                "eventsPerSecond", Math.round(10.0 * notified.size() / Math.max(1e-9, (last - first) / 1e9)) / 10.0);
        figures.put("acceptMillis", percentiles(accepted));
        figures.put("endToEndMillis", percentiles(notified));
        return figures;
    }

    private Percentiles percentiles(Map<String, Long> ends) {
        return Percentiles.of(ends.entrySet().stream()
                .mapToDouble(end -> (end.getValue() - intended.getOrDefault(end.getKey(), end.getValue())) / 1e6));
    }
}
