package dev.lightning.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private final HttpClient http;
    private final String url;
    private final String user;
    private final String token;
    private final Stopwatch stopwatch;
    private final ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor();

    private Poster(HttpClient http, String url, String user, String token, Stopwatch stopwatch) {
        this.http = http;
        this.url = url;
        this.user = user;
        this.token = token;
        this.stopwatch = stopwatch;
    }

    static Poster login(String url, Stopwatch stopwatch) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String user = "bench-" + UUID.randomUUID().toString().substring(0, 8);
        String credentials = "{\"userID\":\"%s\",\"password\":\"%s\"}".formatted(user, PASSWORD);
        send(http, url + "/api/register", "", credentials);
        String answer = send(http, url + "/api/token", "", credentials).body();
        String token = JsonMapper.shared().readTree(answer).path("token").asString();
        return new Poster(http, url, user, token, stopwatch);
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
            if (send(http, url + "/api/events", token, body).statusCode() == 202) {
                stopwatch.accepted(id);
            } else {
                stopwatch.refused();
            }
        } catch (IOException unanswered) {
            stopwatch.refused();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse<String> send(HttpClient http, String url, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        posts.shutdown();
        http.close();
    }
}
