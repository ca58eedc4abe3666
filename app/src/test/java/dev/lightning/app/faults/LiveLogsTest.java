package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tool's lines in the real product: while it runs, after a break, after our own death, and from what was kept. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LiveLogsTest {
    private static final String TASK = "/api/tasks/work-1.talker";
    private static final int LINES = 8;

    /** One server-sent event. */
    private record Sent(String name, String id, String data) {}

    @TempDir
    Path folder;

    @Test
    void lines_are_there_while_the_tool_runs_and_none_is_lost_or_doubled_by_a_break() throws Exception {
        Path third = folder.resolve("third");
        Path sixth = folder.resolve("sixth");
        List<Sent> seen = new ArrayList<>();
        Caller alice;
        try (Instance killed = product()) {
            alice = Caller.register(killed.address("API"), "alice", "correct horse battery");
            startTalker(alice, third, sixth);

            try (Stream stream = new Stream(killed, alice, "")) {
                readUntil(stream, seen, 3);
                Files.createFile(third);
            }
            try (Stream stream = new Stream(killed, alice, seen.getLast().id())) {
                readUntil(stream, seen, 6);
            }
            killed.kill();
        }
        try (Instance restarted = product();
                Stream stream = new Stream(restarted, alice, seen.getLast().id())) {
            Files.createFile(sixth);
            readUntil(stream, seen, LINES);
            Sent complaint = stream.next();
            Sent end = stream.next();

            assertThat(seen)
                    .extracting(Sent::data)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                            .mapToObj(LiveLogsTest::line)
                            .toList());
            assertThat(seen).extracting(Sent::name).containsOnly("stdout");
            assertThat(complaint.name() + complaint.data()).isEqualTo("stderr{\"line\":\"done\"}");
            assertThat(end.name()).isEqualTo("end");
            assertThat(Caller.JSON.readTree(end.data()).get("state").asString()).isEqualTo("COMPLETED");
            assertThat(stream.next()).isNull();
            try (Stream again = new Stream(restarted, alice, "")) {
                List<Sent> kept = new ArrayList<>();
                readUntil(again, kept, LINES);
                assertThat(kept).isEqualTo(seen);
                assertThat(again.next()).isEqualTo(complaint);
                assertThat(again.next()).isEqualTo(end);
            }
            Caller there = alice.at(restarted.address("API"));
            assertThat(there.get(TASK + "/logs").text().lines()).hasSize(LINES);
            try (Stream over = new Stream(restarted, alice, end.id())) {
                assertThat(over.status()).isEqualTo(204);
            }
        }
    }

    /** Talks on after the third and the sixth line only when the test has read them. */
    private static void startTalker(Caller caller, Path third, Path sixth) {
        String script = "for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.3;"
                + " if [ $i = 3 ]; then while [ ! -e " + third + " ]; do sleep 0.1; done; fi;"
                + " if [ $i = 6 ]; then while [ ! -e " + sixth + " ]; do sleep 0.1; done; fi;"
                + " done; echo done >&2";
        Caller.Answer defined = caller.send(
                "POST",
                "/api/tools",
                Map.of(
                        "name",
                        "talker",
                        "accepts",
                        List.of("work.*"),
                        "runtime",
                        Map.of("kind", "process"),
                        "command",
                        List.of("sh", "-c", script)));
        assertThat(defined.status()).as(defined.text()).isEqualTo(201);
        assertThat(caller.post("work-1", "work.now", Map.of()).status()).isEqualTo(202);
        await().until(() -> caller.get(TASK).status() == 200);
    }

    private static void readUntil(Stream stream, List<Sent> seen, int lines) throws IOException {
        while (seen.size() < lines) {
            seen.add(stream.next());
        }
    }

    private static String line(int number) {
        return "{\"line\":\"line " + number + "\"}";
    }

    private Instance product() throws IOException {
        return Instance.start(folder.resolve("home"), Map.of("OPENAI_BASE_URL", "", "TOOL_RUNTIMES", "process"))
                .untilReady();
    }

    /** A client that follows the log, as curl does. */
    private static final class Stream implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Stream(Instance product, Caller caller, String lastEventId) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(product.address("API").replaceFirst("/api$", TASK + "/logs?follow")))
                    .header("Authorization", "Bearer " + caller.token())
                    .header("Last-Event-ID", lastEventId)
                    .timeout(Duration.ofSeconds(20))
                    .build();
            response = client.send(request, BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        int status() {
            return response.statusCode();
        }

        /** The next event, null at the end. */
        Sent next() throws IOException {
            String name = "";
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    return new Sent(name, id, data);
                }
                String value = line.substring(line.indexOf(':') + 1).strip();
                switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
                    case "event" -> name = value;
                    case "id" -> id = value;
                    case "data" -> data = value;
                    default -> {
                        // a comment, or when to come back
                    }
                }
            }
            return null;
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
