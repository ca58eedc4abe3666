package dev.lightning.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.SignedIn;
import dev.lightning.api.errors.ProductAdvice;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Emission;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.Proposal;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ApprovalControllerTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-28T12:00:00Z");
    private static final String ALICE = OwnerKeys.builtIn("alice").key();

    private final SignedIn signedIn = new SignedIn();
    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final TaskRows rows = new TaskRows(store);
    private final EventRows events = new EventRows(store);
    private final FakeTaskRuns runs = new FakeTaskRuns();
    private final Tasks tasks = new Tasks(rows, events, runs, new PageTokens(new byte[32]), Duration.ofDays(7));
    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(new TaskController(tasks), new ApprovalController(new Approvals(tasks, runs))),
            builder -> builder.setCustomArgumentResolvers(signedIn)
                    .setControllerAdvice(ProductAdvice.instance())
                    .build());

    @Test
    void what_waits_is_listed_and_shown_with_what_would_run() {
        rows.record(row("one.pay", ToolRunState.AWAITING_APPROVAL, null));
        rows.record(row("two.pay", ToolRunState.RUNNING, "APPROVED"));
        Proposal proposal = new Proposal("docker", "localhost/pay:1", List.of("pay", "--all"), true);
        runs.progress = Optional.of(new ToolRunProgress(
                ToolRunState.AWAITING_APPROVAL,
                NOON,
                null,
                null,
                null,
                new Approval(proposal, UNTIL, null, null, null, null),
                null));

        assertThat(get("?state=AWAITING_APPROVAL"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("tasks[*].taskId")
                .asArray()
                .containsExactly("one.pay");
        assertThat(get("?state=AWAITING_APPROVAL"))
                .bodyJson()
                .extractingPath("tasks[0].approval.until")
                .isEqualTo("2026-11-28T12:00:00Z");
        MvcTestResult shown = get("/one.pay");
        assertThat(shown)
                .bodyJson()
                .extractingPath("approval.proposal.command")
                .asArray()
                .containsExactly("pay", "--all");
        assertThat(shown).bodyJson().extractingPath("approval.proposal.image").isEqualTo("localhost/pay:1");
        assertThat(shown).bodyJson().doesNotHavePath("approval.decision");
        assertThat(shown).bodyJson().doesNotHavePath("approval.proposal.event");
        assertThat(runs.asked).containsExactly("progress tool-alice-one.pay", "event tool-alice-one.pay");
    }

    @Test
    void whoever_decides_about_a_call_sees_its_arguments_and_is_led_to_the_event_behind_it() {
        rows.record(row("ch10~1~1.pay", ToolRunState.AWAITING_APPROVAL, null));
        runs.progress = Optional.of(new ToolRunProgress(
                ToolRunState.AWAITING_APPROVAL,
                NOON,
                null,
                null,
                null,
                new Approval(new Proposal("process", null, List.of("pay"), false), UNTIL, null, null, null, null),
                null));
        Event chat = event("ch10", "llm.chat");
        runs.event = Optional.of(chat.emit(
                new EventId("ch10~1~1"),
                new Emission("tool.pay.call", Metadata.of(Map.of("who", "me")), new BlobRef("whole")),
                NOON));

        MvcTestResult shown = get("/ch10~1~1.pay");

        assertThat(shown)
                .hasStatus(200)
                .bodyJson()
                .extractingPath("approval.proposal.event")
                .isEqualTo(Map.of(
                        "id",
                        "ch10~1~1",
                        "type",
                        "tool.pay.call",
                        "source",
                        "lightning",
                        "metadata",
                        Map.of("who", "me"),
                        "cut",
                        true));
        assertThat(shown).bodyJson().extractingPath("eventId").isEqualTo("ch10~1~1");
        assertThat(shown).bodyJson().extractingPath("links.event").isEqualTo("/api/events/ch10");
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUESTED", "AWAITING_APPROVAL", "QUEUED", "PROVISIONING", "RUNNING", "COLLECTING"})
    void a_proposal_is_whole_as_long_as_the_run_goes_on(ToolRunState state) {
        rows.record(row("one.pay", state, "APPROVED"));
        Proposal proposal = new Proposal("process", null, List.of("pay"), false);
        runs.progress = Optional.of(new ToolRunProgress(
                state,
                NOON,
                null,
                null,
                null,
                new Approval(proposal, UNTIL, ApprovalDecision.APPROVED, "bob", NOON, null),
                null));
        runs.event = Optional.of(event("one", "order.paid"));

        MvcTestResult shown = get("/one.pay");

        assertThat(shown)
                .bodyJson()
                .extractingPath("approval.proposal.event.type")
                .isEqualTo("order.paid");
        assertThat(shown).bodyJson().extractingPath("approval.decision").isEqualTo("APPROVED");
    }

    @Test
    void a_decision_is_passed_on_with_who_made_it_and_why() {
        rows.record(row("one.pay", ToolRunState.AWAITING_APPROVAL, null));

        assertThat(post("/one.pay:approve", null)).hasStatus(200);
        assertThat(post("/one.pay:reject", "{\"reason\":\" Too dear \",\"runId\":\"r1\"}"))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("taskId")
                .isEqualTo("one.pay");
        signedIn.as("root", true);
        assertThat(post("/one.pay:approve?userID=alice", "{}")).hasStatus(200);

        assertThat(runs.asked.stream().filter(call -> call.contains(" by ")))
                .containsExactly(
                        "APPROVED tool-alice-one.pay r1 by alice for null",
                        "REJECTED tool-alice-one.pay r1 by alice for Too dear",
                        "APPROVED tool-alice-one.pay r1 by root for null");
    }

    @Test
    void a_decision_once_made_is_repeated_but_not_contradicted() {
        rows.record(row("one.pay", ToolRunState.RUNNING, "APPROVED"));
        rows.record(row("two.pay", ToolRunState.REJECTED, "REJECTED"));
        rows.record(row("three.pay", ToolRunState.REJECTED, null));
        rows.record(row("four.pay", ToolRunState.CANCELLED, null));

        assertThat(post("/one.pay:approve", null))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("approval")
                .asMap()
                .containsEntry("decision", "APPROVED")
                .containsEntry("by", "bob")
                .containsEntry("at", "2026-11-21T12:00:05Z")
                .containsEntry("reason", "It is Friday");
        assertThat(post("/one.pay:reject", null)).hasStatus(409);
        assertThat(post("/two.pay:reject", null)).hasStatus(200);
        assertThat(post("/two.pay:approve", null))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("Something else was decided about the task already: REJECTED");
        assertThat(post("/three.pay:approve", null)).hasStatus(409);
        assertThat(post("/three.pay:reject", null)).hasStatus(409);
        assertThat(post("/four.pay:approve", null)).hasStatus(409);
        assertThat(runs.asked).noneMatch(call -> call.contains(" by "));
    }

    @Test
    void a_run_that_does_not_wait_refuses() {
        rows.record(row("one.pay", ToolRunState.AWAITING_APPROVAL, null));
        rows.record(row("plain.count", ToolRunState.RUNNING, null));

        assertThat(post("/one.pay:approve", "{\"runId\":\"r0\"}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .asString()
                .contains("run r1");
        runs.ruling = new TaskRuns.Ruling.Refused("The task does not wait for approval");
        assertThat(post("/plain.count:approve", null))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("The task does not wait for approval");
        runs.ruling = new TaskRuns.Ruling.Ended();
        assertThat(post("/one.pay:approve", null)).hasStatus(409);
    }

    @Test
    void nobody_decides_about_others_tasks_and_wrong_words_are_refused() {
        rows.record(row("one.pay", ToolRunState.AWAITING_APPROVAL, null));

        for (String body : List.of(
                "[]",
                "{\"reason\":5}",
                "{\"reason\":\"" + "x".repeat(501) + "\"}",
                "{\"reason\":\"a\\nb\"}",
                "{\"colour\":1}")) {
            assertThat(post("/one.pay:reject", body)).as(body).hasStatus(400);
        }
        assertThat(post("/none.pay:approve", null)).hasStatus(404);
        assertThat(post("/nonsense:approve", null)).hasStatus(404);
        signedIn.as("bob", false);
        assertThat(post("/one.pay:approve", null)).hasStatus(404);
        assertThat(post("/one.pay:approve?userID=alice", null)).hasStatus(403);
        assertThat(runs.asked).isEmpty();
    }

    @Test
    void a_task_that_waits_for_its_turn_says_how_far_it_is() {
        rows.record(row("one.pay", ToolRunState.QUEUED, null));
        runs.progress = Optional.of(new ToolRunProgress(ToolRunState.QUEUED, NOON, null, null, null));
        runs.place = Optional.of(new QueuePlace(3, 7, 4, 4));

        assertThat(get("/one.pay"))
                .bodyJson()
                .extractingPath("queue")
                .asMap()
                .containsEntry("position", 3)
                .containsEntry("waiting", 7)
                .containsEntry("running", 4)
                .containsEntry("replicas", 4);
        assertThat(get("?state=QUEUED")).bodyJson().doesNotHavePath("tasks[0].queue");
        assertThat(runs.asked).containsExactly("progress tool-alice-one.pay", "place alice tool-alice-one.pay");
    }

    @Test
    void a_task_whose_start_fails_says_why() {
        rows.record(row("one.pay", ToolRunState.REQUESTED, null));
        runs.progress = Optional.of(new ToolRunProgress(ToolRunState.PROVISIONING, NOON, null, null, null));
        runs.trouble = Optional.of(new TaskRuns.Trouble(3, "The engine cannot be reached"));

        MvcTestResult shown = get("/one.pay");

        assertThat(shown).bodyJson().extractingPath("attempts").isEqualTo(3);
        assertThat(shown).bodyJson().extractingPath("lastError").isEqualTo("The engine cannot be reached");
    }

    private static Event event(String id, String type) {
        return Event.root(
                new EventId(id), type, "test", NOON, NOON, new Owner(ALICE, "alice"), null, Metadata.empty(), null);
    }

    private static TaskRow row(String id, ToolRunState state, @Nullable String decision) {
        int dot = id.lastIndexOf('.');
        boolean decided = decision != null;
        boolean needed = id.endsWith("pay") && state != ToolRunState.QUEUED && state != ToolRunState.REQUESTED;
        return new TaskRow(
                ALICE,
                id,
                id.substring(dot + 1),
                id.substring(0, dot),
                "tool-alice-" + id,
                "r1",
                NOON,
                new TaskRow.Standing(
                        state.name(),
                        1,
                        state.isFinal(),
                        NOON,
                        null,
                        null,
                        null,
                        null,
                        needed
                                ? new TaskRow.Approval(
                                        UNTIL,
                                        decision,
                                        decided ? "bob" : null,
                                        decided ? NOON.plusSeconds(5) : null,
                                        decided ? "It is Friday" : null)
                                : null),
                null,
                TaskFiles.NONE);
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri("/api/tasks" + path).exchange();
    }

    private MvcTestResult post(String path, @Nullable String body) {
        var request = mvc.post().uri("/api/tasks" + path);
        return (body == null
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).content(body))
                .exchange();
    }
}
