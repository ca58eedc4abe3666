package dev.lightning.api.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.streaming.SignedInByHeader;
import dev.lightning.api.streaming.SseReader;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.storage.rows.NewMessage;
import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.LiveStream;
import dev.lightning.providers.stream.inprocess.InProcessLiveStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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

/** The stream over a real web server, where threads, buffers and the end of connections are what they are. */
@Timeout(90)
class MessageStreamTest {
    private static final int PER_USER = 3;

    private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);
    private final String owner = OwnerKeys.builtIn(user).key();
    private ConfigurableApplicationContext edge;
    private MessageRows rows;
    private Streams streams;

    @BeforeEach
    void start() {
        edge = new SpringApplicationBuilder(Edge.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.threads.virtual.enabled=true",
                        "server.tomcat.connection-timeout=1s",
                        "spring.lifecycle.timeout-per-shutdown-phase=20s",
                        "spring.mvc.problemdetails.enabled=true",
                        "spring.main.banner-mode=off")
                .run();
        rows = edge.getBean(MessageRows.class);
        streams = edge.getBean(Streams.class);
    }

    /** Whatever a test did to its streams, nothing of them may be left that a graceful stop waits for. */
    @AfterEach
    void stop() {
        long start = System.nanoTime();
        edge.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void a_message_arrives_as_it_goes_out() throws Exception {
        say("before");
        try (SseReader reader = open()) {
            awaitOpen(reader);
            say("e1");

            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
            assertThat(reader.next()).isEqualTo(new SseReader.Received("message", "e1", document("e1")));
        }
    }

    @Test
    void a_client_that_comes_back_misses_nothing_and_hears_nothing_twice() throws Exception {
        String first = say("first").id();
        List<String> heard = new ArrayList<>(List.of(first));
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 400).forEach(n -> writers.submit(() -> say("n" + n)));
            while (heard.size() < 401) {
                try (SseReader reader = open("Last-Event-ID", heard.getLast())) {
                    for (int taken = 0; taken < 70 && heard.size() < 401; taken++) {
                        heard.add(reader.next().id());
                    }
                }
                await().until(() -> streams.count() < PER_USER);
            }
        }

        List<String> kept =
                rows.after(owner, 0, 1_000).stream().map(MessageRow::id).toList();
        assertThat(heard).hasSize(401).isEqualTo(kept);
    }

    @Test
    void a_message_that_nobody_rang_for_comes_with_the_next_heartbeat() throws Exception {
        try (SseReader reader = open()) {
            awaitOpen(reader);
            keep("silent");

            assertThat(reader.next().id()).isEqualTo("silent");
        }
    }

    @Test
    void silence_is_filled_with_comments() throws Exception {
        try (SseReader reader = open()) {
            while (reader.comments() < 4) {
                assertThat(reader.readLine()).isTrue();
            }
        }
    }

    @Test
    void a_client_that_names_an_unknown_message_gets_what_is_kept() throws Exception {
        say("e1");
        try (SseReader reader = open("Last-Event-ID", "long-gone")) {
            assertThat(reader.next().id()).isEqualTo("e1");
        }
        try (SseReader reader = open("Last-Event-ID", "not an id!")) {
            assertThat(reader.status()).isEqualTo(400);
        }
    }

    @Test
    void a_user_has_so_many_streams_and_gets_one_back_when_a_client_leaves() throws Exception {
        List<SseReader> open = new ArrayList<>();
        for (int n = 0; n < PER_USER; n++) {
            open.add(open());
        }

        try (SseReader tooMany = open()) {
            assertThat(tooMany.status()).isEqualTo(429);
            assertThat(tooMany.header("Retry-After")).isEqualTo("2");
        }
        open.getFirst().close();
        await().until(() -> streams.count() < PER_USER);
        try (SseReader again = open()) {
            assertThat(again.status()).isEqualTo(200);
        }
        open.forEach(SseReader::close);
    }

    @Test
    void somebody_elses_stream_is_refused_except_to_an_admin() throws Exception {
        try (SseReader stranger = SseReader.open(uri("?userID=" + user), "X-User", "mallory")) {
            assertThat(stranger.status()).isEqualTo(403);
        }
        try (SseReader admin = SseReader.open(uri("?userID=" + user), "X-User", "root", "X-Admin", "true")) {
            awaitOpen(admin);
            say("e1");
            assertThat(admin.next().id()).isEqualTo("e1");
        }
    }

    @Test
    void a_stream_ends_with_its_token() throws Exception {
        try (SseReader reader =
                open("X-Expires", Instant.now().plusMillis(1_500).toString())) {
            assertThat(reader.next()).isNull();
        }
        await().until(() -> streams.count() == 0);
    }

    @Test
    void a_client_that_does_not_read_is_disconnected_and_holds_up_nobody() throws Exception {
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), port());
                SseReader other = open()) {
            deaf.getOutputStream()
                    .write(("GET /api/messages/stream HTTP/1.1\r\nHost: localhost\r\nX-User: " + user + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> streams.count() == 2);

            List<String> heard = new ArrayList<>();
            for (int n = 0; n < 1_000; n++) {
                say("e" + n, "x".repeat(25_000));
                heard.add(other.next().id());
            }

            assertThat(heard).hasSize(1_000);
            await().atMost(Duration.ofSeconds(20)).until(() -> streams.count() == 1);
        }
    }

    @Test
    void a_graceful_stop_ends_the_streams_instead_of_waiting_for_them() throws Exception {
        try (SseReader reader = open()) {
            awaitOpen(reader);

            long start = System.nanoTime();
            edge.close();

            assertThat(reader.next()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private void awaitOpen(SseReader reader) throws IOException {
        while (reader.comments() == 0) {
            assertThat(reader.readLine()).isTrue();
        }
    }

    private MessageRow say(String id) {
        return say(id, "grüß dich");
    }

    private MessageRow say(String id, String text) {
        MessageRow row = keep(id, text);
        edge.getBean(LiveStream.class).publish(owner, new LiveItem(id, "message", "{}"));
        return row;
    }

    private MessageRow keep(String id) {
        return keep(id, "grüß dich");
    }

    private MessageRow keep(String id, String text) {
        return rows.keep(new NewMessage(owner, id, "user.message", document(id, text), null, "PENDING"));
    }

    private static String document(String id) {
        return document(id, "grüß dich");
    }

    private static String document(String id, String text) {
        return "{\"id\":\"" + id + "\",\"metadata\":{\"text\":\"" + text + "\"}}";
    }

    private SseReader open(String... headers) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("X-User", user));
        all.addAll(List.of(headers));
        return SseReader.open(uri(""), all.toArray(String[]::new));
    }

    private int port() {
        return Integer.parseInt(edge.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private URI uri(String query) {
        return URI.create("http://127.0.0.1:" + port() + "/api/messages/stream" + query);
    }

    /** The smallest edge that serves streams; who calls is what the header says. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(SignedInByHeader.class)
    static class Edge {
        @Bean
        MessageRows messageRows() {
            return new MessageRows(new InMemoryEntityStore(), new InMemoryBlobStore(), InstantSource.system());
        }

        @Bean
        LiveStream liveStream() {
            return new InProcessLiveStream();
        }

        @Bean
        Streams streams() {
            return new Streams(
                    new StreamSettings(Duration.ofMillis(300), PER_USER, 100, Duration.ofMinutes(5)),
                    InstantSource.system());
        }

        @Bean
        MessageStreamController messageStreamController(MessageRows rows, LiveStream live, Streams streams) {
            return new MessageStreamController(rows, live, streams);
        }
    }
}
