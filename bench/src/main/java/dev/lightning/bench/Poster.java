package dev.lightning.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One user who posts many chat events. */
final class Poster implements AutoCloseable {
    private final Client client;
    private final Stopwatch stopwatch;
    private final ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor();

    Poster(Client client, Stopwatch stopwatch) {
        this.client = client;
        this.stopwatch = stopwatch;
    }

    /** Posts at a fixed rate, however slow the answers are. */
    void openLoop(int events, int perSecond) {
        long start = System.nanoTime();
        for (int n = 0; n < events; n++) {
            long due = start + n * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String id = client.user() + "." + n;
            stopwatch.posting(id, due);
            posts.execute(() -> post(id));
        }
    }

    /** Keeps this many posts under way. */
    void closedLoop(int events, int concurrency) {
        AtomicInteger next = new AtomicInteger();
        for (int poster = 0; poster < concurrency; poster++) {
            posts.execute(() -> {
                for (int n = next.getAndIncrement(); n < events; n = next.getAndIncrement()) {
                    String id = client.user() + "." + n;
                    stopwatch.posting(id, System.nanoTime());
                    post(id);
                }
            });
        }
    }

    private void post(String id) {
        String body = """
                {"id":"%s","timestamp":"%s","source":"bench","type":"llm.chat","userID":"%s","metadata":{"prompt":"Say hello"}}""".formatted(id, Instant.now(), client.user());
        try {
            if (client.post("/api/events", body).status() == HttpURLConnection.HTTP_ACCEPTED) {
                stopwatch.accepted(id);
            } else {
                stopwatch.refused();
            }
        } catch (IOException unanswered) {
            stopwatch.refused();
        }
    }

    @Override
    public void close() {
        posts.shutdown();
    }
}
