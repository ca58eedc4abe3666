package dev.lightning.api.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.streaming.SignedInByHeader;
import dev.lightning.api.streaming.SseReader;
import dev.lightning.api.streaming.SseReader.Received;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.workflows.tools.ToolRunState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
import tools.jackson.databind.json.JsonMapper;

/** A task's log over a real web server, of a run that writes when a test says so. */
@Timeout(90)
class TaskLogStreamTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String OWNER = OwnerKeys.builtIn("alice").key();
    private static final int PER_USER = 3;
    private static final int KILOBYTE = 1024;
    private static final int MEGABYTE = 1024 * 1024;

    private ConfigurableApplicationContext edge;
    private TaskRows rows;
    private InMemoryBlobStore blobs;
    private ScriptedOutput run;
    private Streams streams;

    @BeforeEach
    void start() {
        edge = new SpringApplicationBuilder(Edge.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.threads.virtual.enabled=true",
                        "server.tomcat.connection-timeout=2s",
                        "spring.lifecycle.timeout-per-shutdown-phase=20s",
                        "spring.main.banner-mode=off")
                .run();
        rows = edge.getBean(TaskRows.class);
        blobs = edge.getBean(InMemoryBlobStore.class);
        run = edge.getBean(ScriptedOutput.class);
        streams = edge.getBean(Streams.class);
        record(ToolRunState.REQUESTED);
    }

    /** Whatever a test did to its streams, nothing of them may be left that a graceful stop waits for. */
    @AfterEach
    void stop() {
        long start = System.nanoTime();
        edge.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        await().until(() -> run.followers.get() == 0);
    }

    @Test
    void each_line_is_told_when_it_is_written_and_at_the_end_how_the_task_went() throws Exception {
        run.begin();
        try (SseReader reader = follow()) {
            run.stdout("one\n");
            assertThat(reader.next()).isEqualTo(line("stdout", "o4-e0", "one"));
            run.stderr("zwei\n");
            assertThat(reader.next()).isEqualTo(line("stderr", "o4-e5", "zwei"));
            run.stdout("thr");
            run.stdout("ee\nno end");
            assertThat(reader.next()).isEqualTo(line("stdout", "o10-e5", "three"));
            run.end();
            collect();
            record(ToolRunState.COMPLETED);

            assertThat(reader.next()).isEqualTo(line("stdout", "o16-e5", "no end"));
            Received end = reader.next();
            assertThat(end.name()).isEqualTo("end");
            assertThat(end.id()).isEqualTo("o16-e5-end");
            assertThat(JsonMapper.shared().readTree(end.data()).get("state").asString())
                    .isEqualTo("COMPLETED");
            assertThat(JsonMapper.shared().readTree(end.data()).get("endedAt").asString())
                    .isEqualTo("2026-11-21T12:00:00Z");
            assertThat(reader.next()).isNull();
            assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
        }
        await().until(() -> streams.count() == 0);
        assertThat(run.asked).hasValue(1);
    }

    @Test
    void who_comes_back_goes_on_after_what_they_have_in_each_channel_while_it_runs_and_afterwards() throws Exception {
        run.stdout("one\ntwo\nthree\n");
        run.stderr("eins\nzwei\n");
        List<Received> live;
        try (SseReader reader = follow()) {
            live = read(reader, 5);
        }
        try (SseReader reader = open("?follow", "Last-Event-ID", "o4-e5")) {
            assertThat(read(reader, 3))
                    .extracting(Received::data)
                    .containsExactlyInAnyOrder("{\"line\":\"two\"}", "{\"line\":\"three\"}", "{\"line\":\"zwei\"}");
        }
        run.end();
        collect();
        record(ToolRunState.FAILED);

        for (Received last : live) {
            try (SseReader reader = open("?follow", "Last-Event-ID", last.id())) {
                int known = live.indexOf(last) + 1;
                assertThat(read(reader, 5 - known)).isEqualTo(live.subList(known, 5));
                assertThat(reader.next().id()).isEqualTo("o14-e10-end");
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void what_was_collected_in_parts_is_told_as_one() throws Exception {
        run.end();
        blobs.put("a", "one\ntw".getBytes(UTF_8));
        blobs.put("b", "o\nthr".getBytes(UTF_8));
        blobs.put("c", "ee\nfour".getBytes(UTF_8));
        blobs.put("e", "err\n".getBytes(UTF_8));
        keep(new Kept(List.of("a", "b", "c"), 18), new Kept(List.of("e"), 4));
        record(ToolRunState.COMPLETED);

        for (String from : List.of("o0-e0", "o4-e0", "o8-e4", "o14-e0", "o18-e4", "o99-e99")) {
            try (SseReader reader = open("?follow", "Last-Event-ID", from)) {
                List<String> told = new ArrayList<>();
                for (Received next = reader.next(); next != null; next = reader.next()) {
                    told.add(next.name().equals("end") ? next.id() : next.data());
                }
                assertThat(told)
                        .as(from)
                        .isEqualTo(
                                switch (from) {
                                    case "o0-e0" -> lines("o18-e4-end", "one", "two", "three", "err", "four");
                                    case "o4-e0" -> lines("o18-e4-end", "two", "three", "err", "four");
                                    case "o8-e4" -> lines("o18-e4-end", "three", "four");
                                    case "o14-e0" -> lines("o18-e4-end", "err", "four");
                                    default -> List.of(from + "-end");
                                });
            }
        }
    }

    @Test
    void a_task_that_has_not_begun_is_waited_for_and_the_stream_kept_alive() throws Exception {
        try (SseReader reader = follow()) {
            while (reader.comments() < 4) {
                assertThat(reader.readLine()).isTrue();
            }
            run.stdout("at last\n");
            assertThat(reader.next()).isEqualTo(line("stdout", "o8-e0", "at last"));
        }
    }

    @Test
    void a_run_that_nobody_here_sees_is_told_once_it_was_collected() throws Exception {
        try (SseReader reader = follow()) {
            blobs.put("o", "far\naway\n".getBytes(UTF_8));
            keep(new Kept(List.of("o"), 9), null);
            record(ToolRunState.TIMED_OUT);

            assertThat(reader.next()).isEqualTo(line("stdout", "o4-e0", "far"));
            assertThat(reader.next()).isEqualTo(line("stdout", "o9-e0", "away"));
            assertThat(reader.next().name()).isEqualTo("end");
        }
    }

    @Test
    void a_runtime_that_is_away_for_a_while_interrupts_but_loses_nothing() throws Exception {
        run.stdout("one\n");
        try (SseReader reader = follow()) {
            assertThat(reader.next().id()).isEqualTo("o4-e0");
            run.away(true);
            await().until(() -> run.asked.get() > 2);
            run.stdout("two\n");
            run.away(false);

            assertThat(reader.next()).isEqualTo(line("stdout", "o8-e0", "two"));
        }
    }

    @Test
    void one_channel_alone_can_be_followed() throws Exception {
        run.stdout("one\n");
        run.stderr("eins\n");
        try (SseReader out = open("?follow=true&stream=stdout");
                SseReader err = open("?follow=true&stream=stderr")) {
            assertThat(out.next()).isEqualTo(line("stdout", "o4-e0", "one"));
            assertThat(err.next()).isEqualTo(line("stderr", "o0-e5", "eins"));
            run.stderr("zwei\n");
            run.stdout("two\n");
            assertThat(out.next()).isEqualTo(line("stdout", "o8-e0", "two"));
            assertThat(err.next()).isEqualTo(line("stderr", "o0-e10", "zwei"));
            run.end();
            collect();
            record(ToolRunState.COMPLETED);
            assertThat(out.next().id()).isEqualTo("o8-e0-end");
            assertThat(err.next().id()).isEqualTo("o0-e10-end");
        }
    }

    @Test
    void whatever_a_program_writes_is_valid_and_the_same_from_what_was_kept() throws Exception {
        byte[] strange =
                "10%\r20%\r\n\n\u001B[31mred\u001B[0m\nGrüße 😀 \0 \u2028\nid: 7\ndata: x\n: no\n".getBytes(UTF_8);
        for (byte each : strange) {
            run.write(Channel.STDOUT, new byte[] {each});
        }
        run.write(Channel.STDOUT, new byte[] {'a', (byte) 0xFF, 'b', '\n'});
        run.stdout("x".repeat(40_000) + "\n");
        List<Received> live;
        try (SseReader reader = follow()) {
            live = read(reader, 11);
        }
        run.end();
        collect();
        record(ToolRunState.COMPLETED);
        try (SseReader reader = follow()) {
            assertThat(read(reader, 11)).isEqualTo(live);
        }
        assertThat(live)
                .extracting(each ->
                        JsonMapper.shared().readTree(each.data()).get("line").asString())
                .startsWith(
                        "10%\r20%",
                        "",
                        "\u001B[31mred\u001B[0m",
                        "Grüße 😀 \0 \u2028",
                        "id: 7",
                        "data: x",
                        ": no",
                        "a\uFFFDb",
                        "x".repeat(16_384));
        assertThat(live)
                .extracting(each -> each.data().endsWith(",\"goesOn\":true}"))
                .endsWith(false, true, true, false);
    }

    @Test
    void after_the_end_there_is_nothing_to_come_back_for() throws Exception {
        run.end();
        record(ToolRunState.CANCELLED);

        assertThat(status("?follow", "Last-Event-ID", "o16-e5-end")).isEqualTo(204);
        assertThat(status("?follow", "Last-Event-ID", "o16-e5")).isEqualTo(200);
    }

    @Test
    void a_task_that_was_started_again_is_told_from_its_beginning_to_who_read_the_end_before() throws Exception {
        run.stdout("again\n");
        try (SseReader reader = open("?follow", "Last-Event-ID", "o16-e5-end")) {
            assertThat(reader.next()).isEqualTo(line("stdout", "o6-e0", "again"));
        }
    }

    @Test
    void wrong_wishes_are_refused() throws Exception {
        for (String id :
                List.of("7", "o-e", "o1-e", "o1e2", "o1-e2-", "o-1-e2", "o1-e2-ende", "o1234567890123456789-e0")) {
            assertThat(status("?follow", "Last-Event-ID", id)).as(id).isEqualTo(400);
        }
        assertThat(status("?follow=maybe")).isEqualTo(400);
        assertThat(status("?follow&stream=both")).isEqualTo(400);
        assertThat(status("?follow", "Accept", "text/plain")).isEqualTo(406);
        assertThat(status("?follow=false")).isEqualTo(406);
        assertThat(status("?follow", "X-User", "bob")).isEqualTo(404);
        assertThat(streams.count()).isZero();
    }

    @Test
    void what_is_wanted_follows_from_the_parameter_and_else_from_what_is_accepted() throws Exception {
        run.end();
        collect();
        record(ToolRunState.COMPLETED);

        assertThat(type("", "Accept", "text/event-stream")).startsWith("text/event-stream");
        for (String accept : List.of("*/*", "text/*", "text/event-stream, text/plain;q=0.1")) {
            assertThat(type("?follow", "Accept", accept)).startsWith("text/event-stream");
            assertThat(type("?follow=true", "Accept", accept)).startsWith("text/event-stream");
            assertThat(type("?follow=false", "Accept", accept)).startsWith("text/plain");
            assertThat(type("", "Accept", accept)).startsWith("text/plain");
        }
    }

    @Test
    void a_slow_reader_leaves_the_output_where_it_is_and_one_who_leaves_is_not_followed_for() throws Exception {
        byte[] piece = ("x".repeat(63) + "\n").repeat(KILOBYTE).getBytes(UTF_8);
        for (int n = 0; n < 300; n++) {
            run.write(Channel.STDOUT, piece);
        }
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port())) {
            slow.setReceiveBufferSize(4 * KILOBYTE);
            slow.getOutputStream()
                    .write("GET /api/tasks/one.count/logs?follow HTTP/1.1\r\nHost: localhost\r\nX-User: alice\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> run.followers.get() == 1);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> streams.count() == 0 && run.followers.get() == 0);
        try (SseReader silent = follow()) {
            assertThat(silent.next()).isNotNull();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> streams.count() == 0 && run.followers.get() == 0);
    }

    @Test
    void a_long_log_passes_through_without_being_held() throws Exception {
        byte[] piece = ("x".repeat(1_023) + "\n").repeat(64).getBytes(UTF_8);
        for (int n = 0; n < 3_200; n++) {
            run.write(Channel.STDOUT, piece);
        }
        long lines = 0;
        long most = 0;
        System.gc();
        long before = heap();
        try (SseReader reader = follow()) {
            while (lines < 3_200 * 64) {
                assertThat(reader.next()).isNotNull();
                if (++lines % 40_000 == 0) {
                    System.gc();
                    most = Math.max(most, heap() - before);
                }
            }
        }
        assertThat(most).isLessThan(16L * MEGABYTE);
    }

    @Test
    void a_stream_counts_and_ends_as_others_do() throws Exception {
        run.stdout("one\n");
        try (SseReader first = follow();
                SseReader second = follow();
                SseReader third = open(
                        "?follow", "X-Expires", Instant.now().plusSeconds(2).toString())) {
            assertThat(status("?follow")).isEqualTo(429);
            assertThat(third.next().id()).isEqualTo("o4-e0");
            assertThat(third.next()).isNull();
            assertThat(first.next().id()).isEqualTo("o4-e0");
            assertThat(second.next().id()).isEqualTo("o4-e0");

            long start = System.nanoTime();
            edge.close();

            assertThat(first.next()).isNull();
            assertThat(second.next()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static List<String> lines(String end, String... lines) {
        List<String> told = new ArrayList<>();
        for (String line : lines) {
            told.add("{\"line\":\"" + line + "\"}");
        }
        told.add(end);
        return told;
    }

    private static Received line(String channel, String id, String text) {
        return new Received(channel, id, "{\"line\":\"" + text + "\"}");
    }

    private static List<Received> read(SseReader reader, int count) throws IOException {
        List<Received> read = new ArrayList<>();
        while (read.size() < count) {
            read.add(reader.next());
        }
        return read;
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Keeps what the run has written, as a worker does after its end. */
    private void collect() {
        byte[] stdout = run.all(Channel.STDOUT);
        byte[] stderr = run.all(Channel.STDERR);
        blobs.put("o", stdout);
        blobs.put("e", stderr);
        keep(new Kept(List.of("o"), stdout.length), new Kept(List.of("e"), stderr.length));
    }

    private void keep(Kept stdout, Kept stderr) {
        assertThat(rows.keep(OWNER, "one.count", "r1", new TaskFiles(List.of(), stdout, stderr, null)))
                .isTrue();
    }

    private void record(ToolRunState state) {
        rows.record(new TaskRow(
                OWNER,
                "one.count",
                "count",
                "one",
                "tool-alice-one.count",
                "r1",
                NOON,
                new TaskRow.Standing(state.name(), 1, state.isFinal(), NOON, NOON, null, null, null),
                null,
                TaskFiles.NONE));
    }

    private SseReader follow() throws IOException, InterruptedException {
        return open("?follow");
    }

    private SseReader open(String query, String... headers) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("X-User", "alice"));
        all.addAll(List.of(headers));
        SseReader reader = SseReader.open(uri(query), all.toArray(String[]::new));
        assertThat(reader.status()).isEqualTo(200);
        return reader;
    }

    private int status(String query, String... headers) throws IOException, InterruptedException {
        return answer(query, headers).statusCode();
    }

    private String type(String query, String... headers) throws IOException, InterruptedException {
        HttpResponse<Void> answer = answer(query, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private HttpResponse<Void> answer(String query, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(query))
                .setHeader("X-User", "alice")
                .setHeader("Accept", "text/event-stream");
        for (int n = 0; n < headers.length; n += 2) {
            request.setHeader(headers[n], headers[n + 1]);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    private URI uri(String query) {
        return URI.create("http://127.0.0.1:" + port() + "/api/tasks/one.count/logs" + query);
    }

    private int port() {
        return Integer.parseInt(edge.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** The smallest edge that serves logs; who calls is what the header says. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(SignedInByHeader.class)
    static class Edge {
        @Bean
        TaskRows taskRows() {
            return new TaskRows(new InMemoryEntityStore());
        }

        @Bean
        InMemoryBlobStore blobs() {
            return new InMemoryBlobStore();
        }

        @Bean
        ScriptedOutput scriptedOutput() {
            return new ScriptedOutput();
        }

        @Bean
        Object advice() {
            return ProductAdvice.instance();
        }

        @Bean
        Streams streams() {
            return new Streams(
                    new StreamSettings(Duration.ofMillis(300), PER_USER, 100, Duration.ofMinutes(5)),
                    InstantSource.system());
        }

        @Bean
        TaskLogController taskLogController(
                TaskRows rows, InMemoryBlobStore blobs, ScriptedOutput live, Streams streams) {
            Tasks tasks = new Tasks(
                    rows,
                    new EventRows(new InMemoryEntityStore()),
                    new FakeTaskRuns(),
                    new PageTokens(new byte[32]),
                    Duration.ofDays(7));
            return new TaskLogController(tasks, new TaskLogs(tasks, blobs, live), new KeptContent(blobs), streams);
        }
    }
}
