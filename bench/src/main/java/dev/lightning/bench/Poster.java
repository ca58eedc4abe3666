package dev.lightning.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/** One user who posts many chat events. */
final class Poster implements AutoCloseable {
    private static final String PASSWORD = "a long enough phrase";

    private final String url;
    private final String user;
    private final String token;
    private final Stopwatch stopwatch;
    private final ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor();

    private Poster(String url, String user, String token, Stopwatch stopwatch) {
        this.url = url;
        this.user = user;
        this.token = token;
        this.stopwatch = stopwatch;
    }

    static Poster login(String url, Stopwatch stopwatch) throws IOException {
        String user = "bench-" + UUID.randomUUID().toString().substring(0, 8);
        String credentials = "{\"userID\":\"%s\",\"password\":\"%s\"}".formatted(user, PASSWORD);
        send(url + "/api/register", "", credentials);
        String answer = send(url + "/api/token", "", credentials).body();
        String token = JsonMapper.shared().readTree(answer).path("token").asString();
        return new Poster(url, user, token, stopwatch);
    }

    /** Posts at a fixed rate, however slow the answers are. */
    void openLoop(int events, int perSecond) {
        long start = System.nanoTime();
        for (int n = 0; n < events; n++) {
            long due = start + n * TimeUnit.SECONDS.toNanos(1) / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String id = user + "." + n;
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
                    String id = user + "." + n;
                    stopwatch.posting(id, System.nanoTime());
                    post(id);
                }
            });
        }
    }

    private void post(String id) {
        String body = """
                {"id":"%s","timestamp":"%s","source":"bench","type":"llm.chat","userID":"%s","metadata":{"prompt":"Say hello"}}""".formatted(id, Instant.now(), user);
        try {
            if (send(url + "/api/events", token, body).status() == HttpURLConnection.HTTP_ACCEPTED) {
                stopwatch.accepted(id);
            } else {
                stopwatch.refused();
            }
        } catch (IOException unanswered) {
            stopwatch.refused();
        }
    }

    /** The poster's own thread writes and reads, so that what is measured is the product and not its client. */
    private static Answer send(String url, String token, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private record Answer(int status, String body) {}

    @Override
    public void close() {
        posts.shutdown();
    }
}
