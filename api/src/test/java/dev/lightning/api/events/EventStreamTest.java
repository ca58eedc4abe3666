package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.streaming.SignedInByHeader;
import dev.lightning.api.streaming.SseReader;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An event's stream over a real web server, where threads and the end of connections are what they are. */
@Timeout(90)
class EventStreamTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String OWNER = OwnerKeys.builtIn("alice").key();

    private ConfigurableApplicationContext edge;
    private EventRows rows;
    private Streams streams;

    @BeforeEach
    void start() {
        edge = new SpringApplicationBuilder(Edge.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.threads.virtual.enabled=true",
                        "spring.lifecycle.timeout-per-shutdown-phase=20s",
                        "spring.main.banner-mode=off")
                .run();
        rows = edge.getBean(EventRows.class);
        streams = edge.getBean(Streams.class);
        rows.insertIfAbsent(EventRow.received(OWNER, "alice", "o-1", "h", "a.b", "s", NOON, NOON, null, "RUNNING"));
    }

    /** Whatever a test did to its streams, nothing of them may be left that a graceful stop waits for. */
    @AfterEach
    void stop() {
        long start = System.nanoTime();
        edge.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void every_change_is_told_until_the_event_ends() throws Exception {
        try (SseReader reader = open("o-1")) {
            SseReader.Received running = reader.next();
            rows.recordRun(OWNER, "o-1", new EventRun("r1", "COMPLETED", null, null, NOON, NOON), null);
            SseReader.Received completed = reader.next();

            assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
            assertThat(running.name()).isEqualTo("status");
            assertThat(running.data()).contains("\"status\":\"RUNNING\"");
            assertThat(completed.data()).contains("\"status\":\"COMPLETED\"");
            assertThat(reader.next()).isNull();
        }
        await().until(() -> streams.count() == 0);
    }

    @Test
    void silence_is_filled_with_comments() throws Exception {
        try (SseReader reader = open("o-1")) {
            while (reader.comments() < 4) {
                assertThat(reader.readLine()).isTrue();
            }
        }
    }

    @Test
    void an_event_that_is_not_there_has_no_stream() throws Exception {
        try (SseReader reader = open("o-2")) {
            assertThat(reader.status()).isEqualTo(404);
        }
    }

    @Test
    void clients_that_leave_at_once_leave_nothing_behind_that_a_stop_would_wait_for() throws Exception {
        for (int n = 0; n < 60; n++) {
            try (Socket hasty = new Socket(InetAddress.getLoopbackAddress(), port())) {
                hasty.setSoLinger(true, 0);
                hasty.getOutputStream()
                        .write("GET /api/events/o-1/stream HTTP/1.1\r\nHost: localhost\r\nX-User: alice\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> streams.count() == 0);
    }

    @Test
    void a_graceful_stop_ends_the_streams_instead_of_waiting_for_them() throws Exception {
        try (SseReader reader = open("o-1")) {
            reader.next();

            long start = System.nanoTime();
            edge.close();

            assertThat(reader.next()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private SseReader open(String id) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port() + "/api/events/" + id + "/stream");
        return SseReader.open(uri, "X-User", "alice");
    }

    private int port() {
        return Integer.parseInt(edge.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** The smallest edge that serves streams; who calls is what the header says. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(SignedInByHeader.class)
    static class Edge {
        @Bean
        EventRows eventRows() {
            return new EventRows(new InMemoryEntityStore());
        }

        @Bean
        Streams streams() {
            return new Streams(
                    new StreamSettings(Duration.ofMillis(300), 100, 100, Duration.ofMinutes(5)),
                    InstantSource.system());
        }

        @Bean
        EventController eventController(EventRows rows, Streams streams) {
            InstantSource clock = InstantSource.system();
            FakeEventRuns runs = new FakeEventRuns();
            runs.state = new RunState.Open("r1", NOON, null, List.of(), false);
            EventInspector inspector = new EventInspector(
                    rows, runs, new EventViews(new TemporalLinks(null, "default"), (_, _) -> false, clock), clock);
            return new EventController(
                    inspector,
                    new EventList(rows, new PageTokens(new byte[32]), clock),
                    new EventControl(rows, runs, inspector, clock),
                    streams);
        }
    }
}
