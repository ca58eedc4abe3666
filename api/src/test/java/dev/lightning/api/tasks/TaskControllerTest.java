package dev.lightning.api.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.lightning.api.SignedIn;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.streaming.StreamSettings;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskFiles.Artifact;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunState;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.util.UriComponentsBuilder;

class TaskControllerTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ALICE = OwnerKeys.builtIn("alice").key();
    private static final String CRON_TASK = "morning-2026-11-21T08:00:00Z.count";

    private static final StrictHttpFirewall STRICT = new StrictHttpFirewall();
    private static final Filter FIREWALL = (request, response, chain) -> chain.doFilter(
            STRICT.getFirewalledRequest((HttpServletRequest) request),
            STRICT.getFirewalledResponse((HttpServletResponse) response));

    private final SignedIn signedIn = new SignedIn();
    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final TaskRows rows = new TaskRows(store);
    private final EventRows events = new EventRows(store);
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final FakeTaskRuns runs = new FakeTaskRuns();
    private final Tasks tasks = new Tasks(rows, events, runs, new PageTokens(new byte[32]), Duration.ofDays(7));
    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(
                    new TaskController(tasks),
                    new TaskContentController(tasks, new KeptContent(blobs)),
                    new TaskLogController(
                            tasks,
                            new TaskLogs(tasks, blobs, LiveOutput.NONE),
                            new KeptContent(blobs),
                            new Streams(StreamSettings.defaults(), InstantSource.system()))),
            builder -> builder.setCustomArgumentResolvers(signedIn)
                    .setControllerAdvice(ProductAdvice.instance())
                    .addFilters(FIREWALL)
                    .build());

    @Test
    void a_task_is_shown_with_how_it_ended() {
        rows.record(task("one.count", ToolRunState.FAILED, 9));
        rows.keep(
                ALICE,
                "one.count",
                "r1",
                new TaskFiles(List.of(), new Kept(List.of("o"), 12), new Kept(List.of(), 0), null));

        assertThat(get("/one.count")).hasStatus(200).bodyJson().isStrictlyEqualTo("""
                {"taskId":"one.count","tool":"count","eventId":"one","workflowId":"tool-alice-one.count","runId":"r1",
                 "state":"FAILED","since":"2026-11-21T12:00:09Z","createdAt":"2026-11-21T12:00:09Z",
                 "startedAt":"2026-11-21T12:00:01Z","endedAt":"2026-11-21T12:00:09Z","deadline":"2026-11-21T12:10:00Z",
                 "exitCode":3,"usage":{"size":"Standard_B2s","location":"westeurope","seconds":95,"spot":false},
                 "reason":{"code":"tool.lost","message":"It is gone"},
                 "logs":{"stdoutBytes":12,"stderrBytes":0},
                 "links":{"self":"/api/tasks/one.count","event":"/api/events/one",
                          "logs":"/api/tasks/one.count/logs","artifacts":"/api/tasks/one.count/artifacts"}}""");
        assertThat(runs.asked).isEmpty();
    }

    @Test
    void a_run_that_goes_on_is_asked_itself_and_its_row_when_it_does_not_answer() {
        rows.record(task("one.count", ToolRunState.REQUESTED, 0));
        runs.progress = Optional.of(new ToolRunProgress(ToolRunState.RUNNING, NOON.plusSeconds(3), NOON, NOON, null));

        assertThat(get("/one.count")).bodyJson().extractingPath("state").isEqualTo("RUNNING");
        assertThat(get("/one.count")).bodyJson().extractingPath("startedAt").isEqualTo("2026-11-21T12:00:00Z");
        runs.progress = Optional.empty();
        assertThat(get("/one.count")).bodyJson().extractingPath("state").isEqualTo("REQUESTED");
    }

    @Test
    void a_run_has_ended_when_its_row_says_with_what() {
        rows.record(task("one.count", ToolRunState.REQUESTED, 0));
        runs.progress = Optional.of(new ToolRunProgress(ToolRunState.COMPLETED, NOON.plusSeconds(9), NOON, NOON, null));

        MvcTestResult unwritten = get("/one.count");

        assertThat(unwritten).bodyJson().extractingPath("state").isEqualTo("DEPROVISIONING");
        assertThat(unwritten).bodyJson().doesNotHavePath("endedAt");
    }

    @Test
    void lists_are_newest_first_filtered_and_their_owners() throws UnsupportedEncodingException {
        rows.record(task("one.count", ToolRunState.FAILED, 1));
        rows.record(task("two.count", ToolRunState.RUNNING, 2));
        rows.record(task("two.ship", ToolRunState.FAILED, 3));

        MvcTestResult first = get("?pageSize=2");
        String token = JsonPath.read(first.getResponse().getContentAsString(), "$.nextPageToken");
        assertThat(first)
                .bodyJson()
                .extractingPath("tasks[*].taskId")
                .asArray()
                .containsExactly("two.ship", "two.count");
        assertThat(get("?pageSize=2&pageToken=" + token))
                .bodyJson()
                .extractingPath("tasks[*].taskId")
                .asArray()
                .containsExactly("one.count");
        assertThat(get("?state=FAILED&tool=count"))
                .bodyJson()
                .extractingPath("tasks[*].taskId")
                .asArray()
                .containsExactly("one.count");
        assertThat(get("?state=DONE&colour=red&pageSize=0"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("state", "colour", "pageSize");
        signedIn.as("bob", false);
        assertThat(get("")).bodyJson().extractingPath("tasks").asArray().isEmpty();
        for (String path : List.of(
                "/one.count",
                "/one.count/logs",
                "/one.count/logs?follow",
                "/one.count/artifacts",
                "/one.count/artifacts/x")) {
            assertThat(get(path)).as(path).hasStatus(404);
        }
        assertThat(post("/two.count:cancel", "")).hasStatus(404);
        assertThat(post("/two.count:extend", "{\"by\":\"1m\"}")).hasStatus(404);
        signedIn.as("root", true);
        assertThat(get("/one.count?userID=alice")).hasStatus(200);
        assertThat(runs.asked).isEmpty();
    }

    @Test
    void a_task_is_cancelled_while_it_goes_on() {
        rows.record(task(CRON_TASK, ToolRunState.RUNNING, 1));
        rows.record(task("done.count", ToolRunState.COMPLETED, 1));
        rows.record(task("gone.count", ToolRunState.CANCELLED, 1));

        assertThat(post("/" + CRON_TASK + ":cancel", "")).hasStatus(202);
        assertThat(runs.asked).containsExactly("cancel tool-alice-" + CRON_TASK, "progress tool-alice-" + CRON_TASK);
        assertThat(post("/done.count:cancel", "")).hasStatus(409);
        assertThat(post("/gone.count:cancel", "")).hasStatus(202);
        assertThat(post("/none.count:cancel", "")).hasStatus(404);
        assertThat(post("/nonsense:cancel", "")).hasStatus(404);
        assertThat(get("/" + CRON_TASK)).hasStatus(200);
        runs.open = false;
        assertThat(post("/" + CRON_TASK + ":cancel", "")).hasStatus(409);
    }

    @Test
    void what_a_cancelled_task_answers_is_not_older_than_what_was_said_before() {
        rows.record(task("one.count", ToolRunState.REQUESTED, 0));
        runs.progress =
                Optional.of(new ToolRunProgress(ToolRunState.PROVISIONING, NOON.plusSeconds(3), null, null, null));

        MvcTestResult cancelled = post("/one.count:cancel", "");

        assertThat(cancelled).hasStatus(202).bodyJson().extractingPath("state").isEqualTo("PROVISIONING");
        assertThat(cancelled).bodyJson().extractingPath("since").isEqualTo("2026-11-21T12:00:03Z");
    }

    @Test
    void a_task_whose_event_goes_on_may_not_have_begun() {
        received("one");
        received("done");
        assertThat(events.recordRun(
                        ALICE, "done", new EventRun("r1", "COMPLETED", null, null, NOON, NOON.plusSeconds(1)), null))
                .isNotNull();

        for (MvcTestResult early : List.of(
                get("/one.count"), post("/one.count:cancel", ""), post("/one~1~2.count:extend", "{\"by\":\"1m\"}"))) {
            assertThat(early)
                    .hasStatus(404)
                    .bodyJson()
                    .extractingPath("detail")
                    .asString()
                    .startsWith("There is no task one")
                    .contains("may not have begun", "/api/events/one ", "/api/events/one:cancel");
        }
        for (String none : List.of("done.count", "other.count", "nonsense")) {
            assertThat(get("/" + none))
                    .hasStatus(404)
                    .bodyJson()
                    .extractingPath("detail")
                    .isEqualTo("There is no task " + none);
        }
        signedIn.as("bob", false);
        assertThat(get("/one.count"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("There is no task one.count");
    }

    private void received(String id) {
        events.insertIfAbsent(
                EventRow.received(ALICE, "alice", id, "hash", "note.taken", "test", NOON, NOON, null, "RUNNING"));
    }

    @Test
    void a_running_task_is_given_more_time() {
        rows.record(task("one.count", ToolRunState.RUNNING, 1));
        rows.record(task("done.count", ToolRunState.COMPLETED, 1));

        assertThat(post("/one.count:extend", "{\"by\":\"10m\"}"))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("""
                {"taskId":"one.count","deadline":"2026-11-21T13:00:00Z"}""");
        assertThat(runs.asked).containsExactly("extend tool-alice-one.count by PT10M");
        assertThat(post("/done.count:extend", "{\"by\":\"10m\"}")).hasStatus(409);
        for (String body :
                List.of("{}", "{\"by\":\"8d\"}", "{\"by\":\"-PT1S\"}", "{\"by\":5}", "{\"by\":\"1m\",\"x\":1}")) {
            assertThat(post("/one.count:extend", body)).as(body).hasStatus(400);
        }
        runs.extension = new TaskRuns.Extension.Refused("It has not started yet");
        assertThat(post("/one.count:extend", "{\"by\":\"1m\"}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("It has not started yet");
        runs.extension = new TaskRuns.Extension.Ended();
        assertThat(post("/one.count:extend", "{\"by\":\"1m\"}")).hasStatus(409);
    }

    @Test
    void more_time_shows_in_lists_and_answers_too() {
        rows.record(task("one.count", ToolRunState.RUNNING, 1));

        assertThat(post("/one.count:extend", "{\"by\":\"50m\"}")).hasStatus(200);

        assertThat(get("?state=RUNNING"))
                .bodyJson()
                .extractingPath("tasks[0].deadline")
                .isEqualTo("2026-11-21T13:00:00Z");
        assertThat(post("/one.count:cancel", ""))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("deadline")
                .isEqualTo("2026-11-21T13:00:00Z");
    }

    @Test
    void logs_are_whole_and_there_once_they_are_collected() {
        rows.record(task("one.count", ToolRunState.COLLECTING, 1));
        assertThat(get("/one.count/logs"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("detail")
                .asString()
                .contains("yet");

        blobs.put("o/0", "Grüße\n".getBytes(UTF_8));
        blobs.put("o/1", "<b>x</b>".getBytes(UTF_8));
        keep(new TaskFiles(List.of(), new Kept(List.of("o/0", "o/1"), 16), new Kept(List.of(), 0), null));

        MvcTestResult log = get("/one.count/logs");
        assertThat(log).hasStatus(200).hasBodyTextEqualTo("Grüße\n<b>x</b>");
        assertThat(log).hasHeader("X-Content-Type-Options", "nosniff").hasHeader("Content-Length", "16");
        assertThat(log.getResponse().getContentType()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(get("/one.count/logs?stream=stderr")).hasStatus(200).hasBodyTextEqualTo("");
        assertThat(get("/one.count/logs?stream=both")).hasStatus(400);
        blobs.delete("o/0");
        assertThat(get("/one.count/logs")).hasStatus(404);
    }

    @Test
    void what_is_not_kept_is_said() {
        rows.record(task("one.count", ToolRunState.COMPLETED, 1));
        keep(new TaskFiles(List.of(), new Kept(List.of("o"), 12, true), new Kept(List.of(), 0), null, 2_900));

        assertThat(get("/one.count"))
                .bodyJson()
                .extractingPath("logs")
                .asMap()
                .containsEntry("stdoutTruncated", true)
                .doesNotContainKey("stderrTruncated");
        assertThat(get("/one.count/artifacts"))
                .bodyJson()
                .isStrictlyEqualTo("{\"artifacts\":[],\"artifactsDropped\":2900}");
    }

    @Test
    void artifacts_are_listed_and_fetched() throws UnsupportedEncodingException {
        rows.record(task("one.count", ToolRunState.COMPLETED, 1));
        assertThat(get("/one.count/artifacts")).hasStatus(200).bodyJson().isStrictlyEqualTo("{\"artifacts\":[]}");
        blobs.put("a", "<html>".getBytes(UTF_8));
        keep(new TaskFiles(
                List.of(
                        new Artifact("out/Größe 1.html", new Kept(List.of("a"), 6)),
                        new Artifact("empty", new Kept(List.of(), 0)),
                        new Artifact("lost", new Kept(List.of("lost"), 5))),
                null,
                null,
                null));

        MvcTestResult list = get("/one.count/artifacts");
        assertThat(list)
                .bodyJson()
                .extractingPath("artifacts[0]")
                .asMap()
                .containsEntry("path", "out/Größe 1.html")
                .containsEntry("bytes", 6)
                .containsEntry("link", "/api/tasks/one.count/artifacts/out/Gr%C3%B6%C3%9Fe%201.html");

        MvcTestResult file = mvc.get()
                .uri(URI.create(JsonPath.<String>read(list.getResponse().getContentAsString(), "$.artifacts[0].link")))
                .exchange();
        assertThat(file).hasStatus(200).hasBodyTextEqualTo("<html>");
        assertThat(file).hasHeader("X-Content-Type-Options", "nosniff");
        assertThat(file.getResponse().getContentType()).isEqualTo("application/octet-stream");
        assertThat(file.getResponse().getHeader("Content-Disposition")).startsWith("attachment;");
        assertThat(get("/one.count/artifacts/empty")).hasStatus(200).hasBodyTextEqualTo("");
        assertThat(get("/one.count/artifacts/lost")).hasStatus(404);
        assertThat(get("/one.count/artifacts/other")).hasStatus(404);
        assertThat(get("/one.count/artifacts/")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100%",
                "a%20b",
                "%2e%2e",
                "a;b",
                "a\\b",
                "n\nl",
                "c\rr",
                "c\r\nX-More: 1",
                "\u0001",
                "t\tab",
                "d\u007fel",
                "n\u0085ext",
                "q\"uote",
                "q\"\\\"",
                "a\u2028b",
                "a\u202etxt.exe",
                "a?b#c",
                "a b",
                "a+b&path=c",
                "Größe",
                "[x]",
                "d/50%"
            })
    void a_file_of_any_name_is_fetched_where_its_link_says(String name) throws UnsupportedEncodingException {
        rows.record(task("one.count", ToolRunState.COMPLETED, 1));
        blobs.put("a", "x".getBytes(UTF_8));
        keep(new TaskFiles(List.of(new Artifact(name, new Kept(List.of("a"), 1))), null, null, null));

        String link =
                JsonPath.read(get("/one.count/artifacts").getResponse().getContentAsString(), "$.artifacts[0].link");

        MvcTestResult file = mvc.get().uri(URI.create(link)).exchange();
        assertThat(file).hasStatus(200).hasBodyTextEqualTo("x");
        assertThat(file.getResponse().getHeader("Content-Disposition"))
                .startsWith("attachment; filename=\"")
                .matches("\\p{Print}*");
    }

    @Test
    void the_name_of_a_saved_file_has_no_control_characters_and_ends_at_its_own_quote() {
        assertThat(savedAs("d/new\nline\r\t\u007f.txt")).isEqualTo("new_line___.txt");
        assertThat(savedAs("a\"; filename=\"b\\")).isEqualTo("a\"; filename=\"b\\");
        assertThat(savedAs("Größe.txt")).isEqualTo("Größe.txt");
        assertThat(savedAs("報告 \uD83D\uDE00.txt")).isEqualTo("報告 \uD83D\uDE00.txt");
    }

    private @Nullable String savedAs(String path) {
        rows.record(task("one.count", ToolRunState.COMPLETED, 1));
        blobs.put("a", "x".getBytes(UTF_8));
        keep(new TaskFiles(List.of(new Artifact(path, new Kept(List.of("a"), 1))), null, null, null));
        MvcTestResult file = mvc.get()
                .uri(UriComponentsBuilder.fromPath("/api/tasks/one.count/artifact")
                        .queryParam("path", "{path}")
                        .encode()
                        .buildAndExpand(path)
                        .toUri())
                .exchange();
        assertThat(file).hasStatus(200);
        return ContentDisposition.parse(String.valueOf(file.getResponse().getHeader("Content-Disposition")))
                .getFilename();
    }

    @Test
    void what_is_no_artifact_is_not_found_by_any_name() {
        rows.record(task("one.count", ToolRunState.COMPLETED, 1));
        for (String path : List.of("..", "../one.count", "/etc/passwd", "%2E%2E%2Fetc%2Fpasswd", "")) {
            assertThat(mvc.get()
                            .uri(URI.create("/api/tasks/one.count/artifact?path=" + path))
                            .exchange())
                    .as(path)
                    .hasStatus(404);
        }
        assertThat(get("/one.count/artifact")).hasStatus(400);
    }

    private void keep(TaskFiles files) {
        assertThat(rows.keep(ALICE, "one.count", "r1", files)).isTrue();
    }

    private static TaskRow task(String id, ToolRunState state, int second) {
        boolean failed = state == ToolRunState.FAILED;
        int dot = id.lastIndexOf('.');
        Instant since = NOON.plusSeconds(second);
        return new TaskRow(
                ALICE,
                id,
                id.substring(dot + 1),
                id.substring(0, dot),
                "tool-alice-" + id,
                "r1",
                since,
                new TaskRow.Standing(
                        state.name(),
                        1,
                        state.isFinal(),
                        since,
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(600),
                        failed ? "tool.lost" : null,
                        failed ? "It is gone" : null),
                failed ? 3 : null,
                TaskFiles.NONE,
                failed ? new TaskRow.Usage("Standard_B2s", "westeurope", 95, false) : null);
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri("/api/tasks" + path).exchange();
    }

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/api/tasks" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
