package dev.lightning.bench.load;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One user who posts many chat events and waits for their notifications, once. */
public final class Poster implements AutoCloseable {
    /** So long without any notification, and the rest is lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So many workflows are remembered, for who wants to look at their histories. */
    private static final int SAMPLE = 20;

    private final Client client;
    private final int events;
    private final LoadId ids = LoadId.unique();
    private final Semaphore ended = new Semaphore(0);
    private final Stopwatch stopwatch;
    private final List<String> workflows = new CopyOnWriteArrayList<>();
    private final ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor();

    /** Prepares to post so many events. */
    public Poster(Client client, Sink sink, int events) {
        this.client = client;
        this.events = events;
        this.stopwatch = new Stopwatch(events, ended::release);
        sink.tell(ids.load(), stopwatch::notified);
    }

    /** Posts at a fixed rate, however slow the answers are; latency counts from the intended time. */
    public LoadFigures atRate(int perSecond) throws InterruptedException {
        long start = System.nanoTime();
        for (int n = 0; n < events; n++) {
            long due = start + n * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String id = ids.event(n);
            stopwatch.posting(id, due);
            posts.execute(() -> post(id));
        }
        return drain();
    }

    /** Keeps this many events under way from post to notification. */
    public LoadFigures atConcurrency(int concurrency) throws InterruptedException {
        ended.release(concurrency);
        for (int n = 0; n < events && ended.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS); n++) {
            String id = ids.event(n);
            stopwatch.posting(id, System.nanoTime());
            posts.execute(() -> post(id));
        }
        return drain();
    }

    /** Keeps this many posts under way, however far behind the notifications are. */
    public LoadFigures asFlood(int posters) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        for (int poster = 0; poster < posters; poster++) {
            posts.execute(() -> {
                for (int n = next.getAndIncrement(); n < events; n = next.getAndIncrement()) {
                    String id = ids.event(n);
                    stopwatch.posting(id, System.nanoTime());
                    post(id);
                }
            });
        }
        return drain();
    }

    /** What it has come to by now, also what came again after the load had ended. */
    public LoadFigures figures() {
        return stopwatch.figures();
    }

    /** The workflows of some of the events. */
    public List<String> workflows() {
        return List.copyOf(workflows);
    }

    private LoadFigures drain() throws InterruptedException {
        stopwatch.awaitAll(PATIENCE);
        return figures();
    }

    private void post(String id) {
        String body = """
                {"id":"%s","timestamp":"%s","source":"bench","type":"llm.chat","userID":"%s","metadata":{"prompt":"Say hello"}}""".formatted(id, Instant.now(), client.user());
        try {
            Client.Answer answer = client.post("/api/events", body);
            if (answer.status() == HttpURLConnection.HTTP_ACCEPTED) {
                stopwatch.accepted(id);
                remember(answer);
            } else {
                stopwatch.refused(
                        answer.status() == 429 && answer.saysWhenToRetry(), answer.status() + " " + answer.body());
            }
        } catch (IOException unanswered) {
            stopwatch.refused(false, unanswered.toString());
        }
    }

    private void remember(Client.Answer answer) {
        if (workflows.size() < SAMPLE) {
            workflows.add(answer.json().path("workflowId").asString());
        }
    }

    @Override
    public void close() {
        posts.shutdown();
    }
}
