package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.Definitions;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.providers.tools.WorkerTaskRules;
import dev.lightning.providers.tools.WorkerTasks;
import dev.lightning.workflows.chat.ChatLimits;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Emission;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.Checkout;
import dev.lightning.workflows.tools.Machine;
import dev.lightning.workflows.tools.Proposal;
import dev.lightning.workflows.tools.ReplicaLimit;
import dev.lightning.workflows.tools.TaskId;
import dev.lightning.workflows.tools.ToolFailure;
import dev.lightning.workflows.tools.ToolMatches;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import dev.lightning.workflows.tools.ToolSpec;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolActivitiesImplTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Owner ALICE = new Owner("aliceaaaaaaa", "alice");

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final ToolRows tools = new ToolRows(store);
    private final RepoRows repositories = new RepoRows(store);
    private final TaskRows tasks = new TaskRows(store);
    private final ToolActivitiesImpl activities = new ToolActivitiesImpl(
            new ToolMatcher(tools, ToolSpec.PLATFORM),
            tools,
            workerTasks(repositories),
            tasks,
            new EventDocuments(blobs),
            new CompletedRuns(new EffectLedger(store, blobs, InstantSource.fixed(NOON))),
            new RunQueues(null, 16),
            id -> id.equals("open"));

    @Test
    void a_match_says_everything_about_the_tool_but_the_values_of_secrets() {
        define(ALICE.key(), Definitions.full("count"));

        ToolSpec spec =
                activities.match(event(Map.of("total", 12), null)).tools().getFirst();

        assertThat(spec.name()).isEqualTo("count");
        assertThat(spec.ownerKey()).isEqualTo(ALICE.key());
        assertThat(spec.runtime()).isEqualTo("docker");
        assertThat(spec.image()).isEqualTo("localhost/count:1");
        assertThat(spec.pull()).isEqualTo("never");
        assertThat(spec.command()).containsExactly("count", "--fast");
        assertThat(spec.env()).isEqualTo(Map.of("LEVEL", "high", "LANG", "de"));
        assertThat(spec.secretEnv()).containsExactly("API_KEY");
        assertThat(spec.limits().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.limits().memoryBytes()).isEqualTo(256L << 20);
        assertThat(spec.limits().cpus()).isEqualTo(1.5);
        assertThat(spec.limits().pids()).isEqualTo(128);
        assertThat(spec.limits().outputBytes()).isEqualTo(64L << 20);
        assertThat(spec.network()).isTrue();
        assertThat(spec.replicas()).isEqualTo(4);
        assertThat(spec.resultType()).isEqualTo("order.counted");
        assertThat(spec.machine()).isNull();
        assertThat(spec.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_match_says_what_the_tool_wants_to_run_on() {
        define(ALICE.key(), Definitions.onMachine("count"));

        ToolSpec spec =
                activities.match(event(Map.of("total", 12), null)).tools().getFirst();

        assertThat(spec.runtime()).isEqualTo("vm");
        assertThat(spec.machine()).isEqualTo(new Machine("Standard_B2s", true, true));
    }

    @Test
    void the_owners_tools_come_first_and_whoever_refuses_is_left_out() {
        define(ToolSpec.PLATFORM, Definitions.tool("audit", List.of("order.*"), null));
        define(ALICE.key(), Definitions.tool("ship", List.of("order.created"), null));
        define(ALICE.key(), Definitions.full("count"));
        define(ALICE.key(), Definitions.disabled("off", "order.created"));

        assertThat(activities.match(event(Map.of("total", 5), null)).tools())
                .extracting(spec -> spec.ownerKey() + "/" + spec.name())
                .containsExactly("aliceaaaaaaa/ship", "platform/audit");
    }

    @Test
    void a_filter_sees_the_whole_of_an_event_that_carries_a_cut() {
        define(ALICE.key(), Definitions.full("count"));
        blobs.put("whole", "{\"total\":12.5}".getBytes(StandardCharsets.UTF_8));

        assertThat(activities.match(event(Map.of(), new BlobRef("whole"))).tools())
                .hasSize(1);
        assertThat(activities.match(event(Map.of(), new BlobRef("gone"))).tools())
                .isEmpty();
    }

    @Test
    void a_run_is_recorded_from_its_first_state_to_its_last() {
        define(ALICE.key(), Definitions.full("count"));
        Event event = event(Map.of("total", 12), null);
        ToolRunOrder order = new ToolRunOrder(
                TaskId.of(event.id(), "count"),
                event,
                activities.match(event).tools().getFirst(),
                null);

        activities.recordRun(record(order, ToolRunState.REQUESTED, 0, null));
        assertThat(row().state()).isEqualTo("REQUESTED");
        activities.recordRun(record(order, ToolRunState.RUNNING, 1, null));
        ToolRunResult result = new ToolRunResult(
                ToolRunState.FAILED,
                new Reason(ToolFailure.LOST.type(), "The container is gone"),
                Metadata.of(Map.of(
                        "exitCode",
                        137,
                        "usage",
                        Map.of("size", "Standard_B2s", "location", "westeurope", "seconds", 95, "spot", true))),
                null);
        activities.recordRun(record(order, ToolRunState.FAILED, 9, result));
        activities.recordRun(record(order, ToolRunState.RUNNING, 1, null));

        TaskRow row = row();
        assertThat(row.state()).isEqualTo("FAILED");
        assertThat(row.exitCode()).isEqualTo(137);
        assertThat(row.usage()).isEqualTo(new TaskRow.Usage("Standard_B2s", "westeurope", 95, true));
        assertThat(row.standing().reasonCode()).isEqualTo("tool.lost");
        assertThat(row.standing().reasonMessage()).isEqualTo("The container is gone");
        assertThat(row.standing().endedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(row.createdAt()).isEqualTo(NOON);
        assertThat(row.tool()).isEqualTo("count");
        assertThat(row.eventId()).isEqualTo("one");
        assertThat(row.workflowId()).isEqualTo("tool-aliceaaaaaaa-one.count");
        assertThat(row.runId()).isEqualTo("r1");
    }

    @Test
    void an_approval_is_recorded_with_who_decided_and_when() {
        define(ALICE.key(), Definitions.full("count"));
        Event event = event(Map.of("total", 12), null);
        ToolRunOrder order = new ToolRunOrder(
                "one.count", event, activities.match(event).tools().getFirst(), null);
        Proposal proposal = new Proposal("docker", "localhost/count:1", List.of("count", "--fast"), true);
        Instant until = NOON.plusSeconds(600);

        activities.beginRun(new ToolRunRecord(
                order,
                "r1",
                new ToolRunProgress(
                        ToolRunState.AWAITING_APPROVAL,
                        NOON,
                        null,
                        null,
                        null,
                        new Approval(proposal, until, null, null, null, null),
                        null)));
        assertThat(row().state()).isEqualTo("AWAITING_APPROVAL");
        assertThat(row().standing().ended()).isFalse();
        activities.recordRun(new ToolRunRecord(
                order,
                "r1",
                new ToolRunProgress(
                        ToolRunState.REJECTED,
                        NOON,
                        null,
                        null,
                        null,
                        new Approval(proposal, until, ApprovalDecision.REJECTED, "root", NOON, "Too dear"),
                        null)));

        assertThat(row().state()).isEqualTo("REJECTED");
        assertThat(row().standing().ended()).isTrue();
        assertThat(row().standing().approval())
                .isEqualTo(new TaskRow.Approval(until, "REJECTED", "root", NOON, "Too dear"));
    }

    @Test
    void an_owner_without_definitions_need_not_be_asked_about_again() {
        assertThat(activities.match(event(Map.of(), null))).isEqualTo(ToolMatches.NONE);

        define(ALICE.key(), Definitions.tool("ship", List.of("other.type"), null));

        assertThat(activities.match(event(Map.of(), null))).isEqualTo(new ToolMatches(List.of(), true, null));
    }

    @Test
    void a_chat_is_offered_what_is_made_for_chats_and_fit_to_run_the_owners_first() {
        define(ALICE.key(), forChats("count", true, null));
        define(ALICE.key(), forChats("off", false, null));
        define(ALICE.key(), forChats("paused", true, 0));
        define(ALICE.key(), Definitions.tool("ship", List.of("order.created"), null));
        define(ToolSpec.PLATFORM, forChats("audit", true, null));
        define(ToolSpec.PLATFORM, forChats("count", true, null));
        define(ToolSpec.PLATFORM, forChats("off", true, null));

        assertThat(offers(Map.of("prompt", "Hi"))).containsExactly("aliceaaaaaaa/count", "platform/audit");
        assertThat(offers(Map.of("prompt", "Hi", "tools", List.of("audit", "ship", "none"))))
                .containsExactly("platform/audit");
        assertThat(offers(Map.of("prompt", "Hi", "tools", false))).isEmpty();
        assertThat(activities.match(event(Map.of(), null)).offers()).isNull();
        assertThat(activities
                        .match(chat(Map.of("prompt", "Hi")))
                        .offers()
                        .getFirst()
                        .offer())
                .isEqualTo(new Offer("count", "Does count", "{\"type\":\"object\"}"));
    }

    @Test
    void a_chat_is_offered_only_so_much() {
        for (int n = 0; n < 40; n++) {
            define(ALICE.key(), forChats("t" + (n + 10), true, null));
        }

        assertThat(offers(Map.of("prompt", "Hi"))).hasSize(ChatLimits.TOOLS);
    }

    @Test
    void a_call_that_failed_is_not_made_again_because_the_model_was_told() {
        define(ALICE.key(), forChats("count", true, null));
        ToolSpec tool = activities
                .match(chat(Map.of("prompt", "Hi")))
                .offers()
                .getFirst()
                .tool();
        Event call = chat(Map.of("prompt", "Hi"))
                .emit(new EventId("one~1~1"), new Emission("tool.count.call", Metadata.empty(), null), NOON);
        ToolRunOrder order = new ToolRunOrder("one~1~1.count", call, tool, null);
        ToolRunResult cancelled = new ToolRunResult(ToolRunState.CANCELLED, null, Metadata.empty(), null);
        ToolRunResult late = new ToolRunResult(
                ToolRunState.TIMED_OUT, new Reason("tool.timed_out", "Too late"), Metadata.empty(), null);

        activities.recordRun(record(order, ToolRunState.CANCELLED, 1, cancelled));
        assertThat(activities
                        .beginRun(record(order, ToolRunState.REQUESTED, 2, null))
                        .completed())
                .isNull();
        activities.recordRun(record(order, ToolRunState.TIMED_OUT, 3, late));
        assertThat(activities
                        .beginRun(record(order, ToolRunState.REQUESTED, 4, null))
                        .completed())
                .isEqualTo(late);
    }

    private List<String> offers(Map<String, Object> metadata) {
        return activities.match(chat(metadata)).offers().stream()
                .map(offer -> offer.tool().ownerKey() + "/" + offer.offer().name())
                .toList();
    }

    private static Event chat(Map<String, Object> metadata) {
        return Event.root(new EventId("one"), "llm.chat", "shop", NOON, NOON, ALICE, null, Metadata.of(metadata), null);
    }

    private static ToolDefinition forChats(String name, boolean enabled, Integer replicas) {
        ToolDefinition tool = Definitions.tool(name, List.of(), null);
        return new ToolDefinition(
                name,
                tool.kind(),
                "Does " + name,
                enabled,
                tool.accepts(),
                null,
                tool.runtime(),
                tool.command(),
                tool.env(),
                tool.secretEnv(),
                tool.limits(),
                false,
                replicas,
                tool.resultType(),
                false,
                "{\"type\":\"object\"}");
    }

    private ToolRunOrder orderToShip() {
        define(ALICE.key(), Definitions.tool("ship", List.of("order.created"), null));
        Event event = event(Map.of(), null);
        return new ToolRunOrder(
                "one.ship", event, activities.match(event).tools().getFirst(), null);
    }

    @Test
    void what_completed_is_remembered_with_where_its_output_is() {
        ToolRunOrder order = orderToShip();
        ToolRunResult result = new ToolRunResult(
                ToolRunState.COMPLETED,
                null,
                Metadata.of(Map.of(
                        "exitCode", 0,
                        "stdoutBytes", 7,
                        "stderrBytes", 0,
                        "artifacts", List.of(Map.of("path", "a b.txt", "bytes", 2)))),
                null);
        assertThat(activities
                        .beginRun(record(order, ToolRunState.REQUESTED, 0, null))
                        .completed())
                .isNull();
        activities.recordRun(record(order, ToolRunState.COMPLETED, 3, result));

        TaskRow row = tasks.find(ALICE.key(), "one.ship").orElseThrow();
        assertThat(row.kept().stdout().bytes()).isEqualTo(7);
        assertThat(row.kept().artifacts().getFirst().path()).isEqualTo("a b.txt");
        assertThat(row.kept().artifacts().getFirst().content().blobs())
                .containsExactly("tasks/aliceaaaaaaa/one.ship/files/0");
        assertThat(activities
                        .beginRun(record(order, ToolRunState.REQUESTED, 5, null))
                        .completed())
                .isEqualTo(result);
    }

    @Test
    void a_program_that_was_ended_for_its_memory_says_so_in_its_row() {
        ToolRunOrder order = orderToShip();
        ToolRunResult result = new ToolRunResult(
                ToolRunState.COMPLETED, null, Metadata.of(Map.of("exitCode", 137, "outOfMemory", true)), null);

        activities.recordRun(record(order, ToolRunState.COMPLETED, 3, result));

        TaskRow row = tasks.find(ALICE.key(), "one.ship").orElseThrow();
        assertThat(row.standing().reasonCode()).isEqualTo("tool.out_of_memory");
        assertThat(row.exitCode()).isEqualTo(137);
    }

    @Test
    void output_of_which_nothing_is_missing_counts_as_kept_also_beyond_the_limit() {
        ToolRunOrder order = orderToShip();
        long limit = order.tool().limits().outputBytes();

        activities.recordRun(record(
                order,
                ToolRunState.COMPLETED,
                3,
                new ToolRunResult(ToolRunState.COMPLETED, null, Metadata.of(Map.of("stdoutBytes", limit + 1)), null)));

        assertThat(tasks.find(ALICE.key(), "one.ship")
                        .orElseThrow()
                        .kept()
                        .stdout()
                        .bytes())
                .isEqualTo(limit + 1);
    }

    @Test
    void the_row_says_what_is_not_kept() {
        ToolRunOrder order = orderToShip();

        activities.recordRun(record(
                order,
                ToolRunState.COMPLETED,
                3,
                new ToolRunResult(
                        ToolRunState.COMPLETED,
                        null,
                        Metadata.of(Map.of(
                                "stdoutBytes", 900,
                                "stdoutKept", 500,
                                "stdoutTruncated", true,
                                "stderrBytes", 4,
                                "artifactsDropped", 2_900)),
                        null)));

        TaskFiles kept = tasks.find(ALICE.key(), "one.ship").orElseThrow().kept();
        assertThat(kept.stdout().bytes()).isEqualTo(500);
        assertThat(kept.stdout().truncated()).isTrue();
        assertThat(kept.stderr().truncated()).isNull();
        assertThat(kept.dropped()).isEqualTo(2_900);
    }

    @Test
    void runs_whose_workflow_is_open_are_told_apart() {
        assertThat(activities.openRuns(List.of("open", "closed"))).containsExactly("open");
    }

    @Test
    void a_worker_task_is_a_tool_with_a_checkout() {
        repositories.insert(
                ALICE.key(), new RepoRow("web", "https://git.example.org/web.git", "stable", "deploy", NOON));

        ToolSpec spec = activities
                .match(task(Map.of(
                        "repo",
                        "web",
                        "commands",
                        List.of("make", "make test"),
                        "env",
                        Map.of("LEVEL", "high"),
                        "image",
                        "busybox:1",
                        "timeoutSeconds",
                        90,
                        "network",
                        true)))
                .tools()
                .getFirst();

        assertThat(spec.name()).isEqualTo("worker-task");
        assertThat(spec.ownerKey()).isEqualTo(ALICE.key());
        assertThat(spec.checkout()).isEqualTo(new Checkout("https://git.example.org/web.git", "stable", "web"));
        assertThat(spec.runtime()).isEqualTo("docker");
        assertThat(spec.image()).isEqualTo("busybox:1");
        assertThat(spec.command()).startsWith("/bin/sh", "-c").endsWith("worker-task", "make", "make test");
        assertThat(spec.env()).isEqualTo(Map.of("LEVEL", "high"));
        assertThat(spec.limits().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.network()).isTrue();
        assertThat(spec.resultType()).isEqualTo("worker.task.result");
        assertThat(spec.toString()).doesNotContain("deploy");
    }

    @Test
    void a_worker_task_may_name_an_address_and_leave_the_rest_to_us() {
        ToolSpec spec = activities
                .match(task(
                        Map.of("repo", "https://git.example.org/web.git", "ref", "v1", "commands", List.of("make"))))
                .tools()
                .getFirst();

        assertThat(spec.checkout()).isEqualTo(new Checkout("https://git.example.org/web.git", "v1", null));
        assertThat(spec.runtime()).isEqualTo("process");
        assertThat(spec.image()).isNull();
        assertThat(spec.limits().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(spec.network()).isFalse();
    }

    @Test
    void a_worker_task_that_cannot_be_done_as_asked_says_why_and_is_not_tried_again() {
        repositories.insert(ALICE.key(), new RepoRow("old", "ssh://git@git.example.org/old", null, null, NOON));

        assertThat(refusal(Map.of("repo", "web", "commands", List.of("make"))).getType())
                .isEqualTo("task.repository_unknown");
        assertThat(refusal(Map.of("repo", "old", "commands", List.of("make"))).getType())
                .isEqualTo("task.checkout_rejected");
        assertThat(refusal(Map.of("repo", "web", "timeoutSeconds", 0)))
                .satisfies(failure -> assertThat(failure.getType()).isEqualTo("task.invalid"))
                .hasMessageContaining("commands must be an array")
                .hasMessageContaining("timeoutSeconds must be");
    }

    private ApplicationFailure refusal(Map<String, Object> metadata) {
        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> activities.match(task(metadata)));
        assertThat(failure.isNonRetryable()).isTrue();
        return failure;
    }

    private static Event task(Map<String, Object> metadata) {
        return Event.root(
                new EventId("one"), "worker.task", "shop", NOON, NOON, ALICE, null, Metadata.of(metadata), null);
    }

    private TaskRow row() {
        return tasks.find(ALICE.key(), "one.count").orElseThrow();
    }

    private static ToolRunRecord record(ToolRunOrder order, ToolRunState state, int second, ToolRunResult result) {
        Instant since = NOON.plusSeconds(second);
        return new ToolRunRecord(
                order,
                "r1",
                new ToolRunProgress(state, since, second == 0 ? null : NOON, second == 0 ? null : NOON, result));
    }

    @Test
    void the_queue_hears_what_definitions_allow_now() {
        define(ALICE.key(), Definitions.function("paused", 0));
        define(ALICE.key(), Definitions.function("free", null));

        assertThat(activities.replicas(ALICE.key(), List.of("free", "gone", "paused", "worker-task")))
                .containsExactly(
                        new ReplicaLimit("free", null),
                        new ReplicaLimit("gone", 1),
                        new ReplicaLimit("paused", 0),
                        new ReplicaLimit("worker-task", null));
    }

    private void define(String ownerKey, ToolDefinition definition) {
        assertThat(tools.insert(ownerKey, ToolRow.created(definition, null, NOON)))
                .isPresent();
    }

    private static Event event(Map<String, Object> metadata, BlobRef whole) {
        return Event.root(
                new EventId("one"), "order.created", "shop", NOON, NOON, ALICE, null, Metadata.of(metadata), whole);
    }

    static WorkerTaskSpecs workerTasks(RepoRows repositories) {
        ToolDefinition.Limits limits = new ToolDefinition.Limits(Duration.ofMinutes(10), 256L << 20, 1, 128, 64L << 20);
        return new WorkerTaskSpecs(new WorkerTasks(
                repositories,
                new RepoUrls(false),
                new WorkerTaskRules(List.of("process", "docker"), "process", null, limits, Duration.ofHours(1))));
    }
}
