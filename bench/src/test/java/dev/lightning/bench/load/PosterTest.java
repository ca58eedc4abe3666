package dev.lightning.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PosterTest {
    private HttpServer program;
    private Sink sink;
    private int notifications = 1;
    private int status = 202;

    @BeforeEach
    void start() throws IOException {
        sink = Sink.start(0);
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        program.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        program.createContext("/api/events", this::accept);
        program.start();
    }

    @AfterEach
    void stop() {
        program.stop(0);
        sink.close();
    }

    @Test
    void sees_that_all_is_well() throws Exception {
        try (Poster poster = poster(20)) {
            LoadFigures load = poster.atConcurrency(4);

            assertThat(load.complete()).isTrue();
            assertThat(load.events()).isEqualTo(20);
            assertThat(poster.workflows()).contains("w");
        }
    }

    @Test
    void sees_what_comes_twice() throws Exception {
        notifications = 2;
        try (Poster poster = poster(10)) {
            poster.atRate(100);

            assertThat(poster.figures().doubled()).isPositive();
            assertThat(poster.figures().complete()).isFalse();
        }
    }

    @Test
    void tells_refusals_that_say_when_to_come_again() throws Exception {
        status = 429;
        try (Poster poster = poster(10)) {
            LoadFigures load = poster.asFlood(2);

            assertThat(load.refused()).isEqualTo(10);
            assertThat(load.politely()).isEqualTo(10);
            assertThat(load.lost()).isZero();
        }
    }

    private Poster poster(int events) {
        return new Poster(Client.of("http://127.0.0.1:" + program.getAddress().getPort()), sink, events);
    }

    private void accept(HttpExchange exchange) throws IOException {
        String id = JsonMapper.shared()
                .readTree(exchange.getRequestBody())
                .path("id")
                .asString();
        for (int n = 0; n < notifications && status == 202; n++) {
            notify(id);
        }
        byte[] answer = "{\"workflowId\":\"w\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void notify(String id) throws IOException {
        HttpRequest notification = HttpRequest.newBuilder(URI.create(sink.url()))
                .POST(HttpRequest.BodyPublishers.ofString("{\"correlationId\":\"" + id + "\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(notification, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
