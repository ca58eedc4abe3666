package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.app.faults.LogStream.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final String RUN = "work-1.talker";
    private static final String TASK = "/api/tasks/" + RUN;
    private static final int LINES = 8;

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

            try (LogStream stream = new LogStream(killed, alice, RUN, "")) {
                readUntil(stream, seen, 3);
                Files.createFile(third);
            }
            try (LogStream stream =
                    new LogStream(killed, alice, RUN, seen.getLast().id())) {
                readUntil(stream, seen, 6);
            }
            killed.kill();
        }
        try (Instance restarted = product();
                LogStream stream =
                        new LogStream(restarted, alice, RUN, seen.getLast().id())) {
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
            try (LogStream again = new LogStream(restarted, alice, RUN, "")) {
                List<Sent> kept = new ArrayList<>();
                readUntil(again, kept, LINES);
                assertThat(kept).isEqualTo(seen);
                assertThat(again.next()).isEqualTo(complaint);
                assertThat(again.next()).isEqualTo(end);
            }
            Caller there = alice.at(restarted.address("API"));
            assertThat(there.get(TASK + "/logs").text().lines()).hasSize(LINES);
            try (LogStream over = new LogStream(restarted, alice, RUN, end.id())) {
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

    private static void readUntil(LogStream stream, List<Sent> seen, int lines) throws IOException {
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
}
