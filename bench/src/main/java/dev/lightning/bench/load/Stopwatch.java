package dev.lightning.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Knows when each event of a load was meant to be posted, was accepted and was notified. */
final class Stopwatch {
    private final Map<String, Long> intended = new ConcurrentHashMap<>();
    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, Long> notified = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger politely = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicReference<String> refusal = new AtomicReference<>("");
    private final CountDownLatch open;
    private final Runnable onEnd;

    /** Takes what to do whenever an event has come to its end. */
    Stopwatch(int events, Runnable onEnd) {
        this.open = new CountDownLatch(events);
        this.onEnd = onEnd;
    }

    void posting(String id, long intendedNanos) {
        intended.put(id, intendedNanos);
    }

    void accepted(String id) {
        accepted.put(id, System.nanoTime());
    }

    /** Takes whether it was a 429 that says when to come again, and what it said. */
    void refused(boolean saidWhenToRetry, String words) {
        refusal.compareAndSet("", words);
        refused.incrementAndGet();
        if (saidWhenToRetry) {
            politely.incrementAndGet();
        }
        ended();
    }

    void notified(String id) {
        if (!intended.containsKey(id)) {
            return;
        }
        if (notified.putIfAbsent(id, System.nanoTime()) == null) {
            ended();
        } else {
            doubled.incrementAndGet();
        }
    }

    private void ended() {
        open.countDown();
        onEnd.run();
    }

    /** Waits for all events; gives up once none has come back for a long time. */
    void awaitAll(Duration patience) throws InterruptedException {
        long left = open.getCount();
        while (!open.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            if (open.getCount() == left) {
                return;
            }
            left = open.getCount();
        }
    }

    LoadFigures figures() {
        long first = intended.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long last = notified.values().stream().mapToLong(Long::longValue).max().orElse(first);
        double seconds = Math.max(1e-9, (last - first) / 1e9);
        return new LoadFigures(
                intended.size(),
                refused.get(),
                politely.get(),
                refusal.get(),
                (int) accepted.keySet().stream()
                        .filter(id -> !notified.containsKey(id))
                        .count(),
                doubled.get(),
                Math.round(1e3 * seconds) / 1e3,
                Math.round(10.0 * notified.size() / seconds) / 10.0,
                percentiles(accepted),
                percentiles(notified));
    }

    private Percentiles percentiles(Map<String, Long> ends) {
        return Percentiles.of(ends.entrySet().stream()
                .mapToDouble(end -> (end.getValue() - intended.getOrDefault(end.getKey(), end.getValue())) / 1e6));
    }
}
