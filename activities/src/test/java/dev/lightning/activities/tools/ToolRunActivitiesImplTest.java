package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.runtime.RunName;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RunUsage;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.sources.RepoSecrets;
import dev.lightning.providers.sources.SourceCheckout;
import dev.lightning.providers.sources.SourceRequest;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.Checkout;
import dev.lightning.workflows.tools.Observation;
import dev.lightning.workflows.tools.TaskBlobs;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRef;
import dev.lightning.workflows.tools.ToolSpec;
import dev.lightning.workflows.wire.Wire;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolRunActivitiesImplTest {
    private static final Owner ALICE = new Owner("aliceaaaaaaa", "alice");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Event EVENT = Event.root(
            new EventId("e1"), "order.created", "shop", NOON, NOON, ALICE, null, Metadata.of(Map.of("n", 7)), null);
    private static final ToolSpec TOOL = new ToolSpec(
            "count",
            ALICE.key(),
            "scripted",
            "busybox:1",
            List.of("wc"),
            Map.of("LANG", "C"),
            List.of("API_KEY"),
            new ToolLimits(Duration.ofMinutes(10), 1 << 28, 0.5, 100, 1 << 20),
            false,
            "never",
            null,
            "tool.count.result",
            null,
            null,
            null);
    private static final ToolRunOrder ORDER = new ToolRunOrder("e1.count", EVENT, TOOL, null);
    private static final ToolRunRef RUN = ToolRunRef.of(ORDER);

    private static final Checkout WEB = new Checkout("https://git.example.org/web.git", "v1", "web");
    private static final String CANARY = "canary-81f3";

    @TempDir
    private Path folder;

    private final RepoRows repositories = new RepoRows(new InMemoryEntityStore());
    private final List<SourceRequest> asked = new ArrayList<>();
    private SourceCheckout.Result checkedOut = new SourceCheckout.Result.Done("c0ffee");
    private final SourceCheckout sources = (request, files) -> {
        asked.add(request);
        try {
            Files.writeString(Files.createDirectories(files).resolve("README"), "hello");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checkedOut;
    };
    private final RepoSecrets secrets = (name, user, url) -> name.equals("deploy") && user.equals("alice")
            ? Optional.of(new SourceRequest.Credentials("deploy", CANARY))
            : Optional.empty();

    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Wire.plain())
                            .build())
                    .build());
    private ToolRunActivities activities;

    @BeforeEach
    void register_activities() {
        activities = activities();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void a_program_gets_the_event_its_environment_and_its_limits() {
        assertThat(activities.provision(ORDER, 0)).isEqualTo(new Observation(false, Instant.ofEpochSecond(100)));

        RunRequest request = runtime.started.values().iterator().next();
        assertThat(request.name()).matches("lightning-[0-9a-f]{32}");
        assertThat(request.labels().workflowId()).isEqualTo("tool-aliceaaaaaaa-e1.count");
        assertThat(request.input()).contains("\"id\":\"e1\"", "\"type\":\"order.created\"", "\"metadata\":{\"n\":7}");
        assertThat(request.env()).isEqualTo(Map.of("LANG", "C", "API_KEY", "the-secret"));
        assertThat(request.limits().lifetime()).isGreaterThan(Duration.ofDays(7));
    }

    @Test
    void the_same_run_has_another_name_in_another_installation() {
        assertThat(RunName.of("one", RUN.workflowId())).isNotEqualTo(RunName.of("two", RUN.workflowId()));
    }

    @Test
    void a_look_waits_for_the_end_but_no_longer_than_asked() {
        activities.provision(ORDER, 0);
        runtime.status = new RunStatus.Running(NOON);

        assertThat(activities.observe(RUN, Duration.ZERO)).isEqualTo(new Observation(true, NOON));
        assertThat(activities.observe(RUN, Duration.ofMillis(50))).isEqualTo(new Observation(true, NOON));

        Thread.ofVirtual().start(runtime.ended::countDown);
        assertThat(activities.observe(RUN, Duration.ofMinutes(1)).alive()).isFalse();
    }

    @Test
    void what_is_gone_is_said_to_be_gone() {
        assertThat(activities.observe(RUN, Duration.ofSeconds(5))).isEqualTo(new Observation(false, null));
    }

    @Test
    void what_a_machine_is_still_made_for_or_was_taken_away_from_is_said() {
        runtime.status = new RunStatus.Provisioning(Duration.ofSeconds(20));
        assertThat(activities.provision(ORDER, 0)).isEqualTo(Observation.provisioning(Duration.ofSeconds(20)));

        runtime.status = new RunStatus.Interrupted("The machine was evicted");
        assertThat(activities.observe(RUN, Duration.ofMinutes(1)))
                .isEqualTo(Observation.interrupted("The machine was evicted"));
    }

    @Test
    void a_runtime_hears_how_often_the_run_was_interrupted() {
        activities.provision(ORDER, 2);

        assertThat(runtime.started.values()).extracting(RunRequest::attempt).containsExactly(2);
    }

    @Test
    void a_removal_that_goes_on_is_to_be_asked_for_again() {
        activities.provision(ORDER, 0);
        runtime.removals.add(Duration.ofSeconds(15));

        assertThat(activities.remove(RUN)).isEqualTo(Duration.ofSeconds(15));
        assertThat(activities.remove(RUN)).isNull();
        assertThat(runtime.started).isEmpty();
    }

    @Test
    void a_runtime_that_says_for_how_long_is_left_alone_for_so_long() {
        runtime.trouble = new RuntimeUnavailableException("Too many requests", null, Duration.ofSeconds(17));

        assertThat(failure(() -> activities.provision(ORDER, 0)).getNextRetryDelay())
                .isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void what_a_run_was_billed_for_is_in_its_result() {
        runtime.status = new RunStatus.Ended(
                0, NOON, NOON, false, new RunUsage("Standard_B2s", "westeurope", Duration.ofSeconds(95), true));
        activities.provision(ORDER, 0);

        assertThat(activities.collect(ORDER).metadata().get("usage"))
                .isEqualTo(Map.of("size", "Standard_B2s", "location", "westeurope", "seconds", 95, "spot", true));
    }

    @Test
    void a_disk_without_room_is_said_in_words_and_tried_again() {
        activities.provision(ORDER, 0);
        runtime.unreadable = new IOException("No space left on device");

        assertThat(failure(() -> activities.collect(ORDER)))
                .hasMessageContaining("has room")
                .matches(failure ->
                        !failure.isNonRetryable() && failure.getType().equals("tool.unavailable"));

        runtime.unreadable = null;
        assertThat(activities.collect(ORDER).metadata().get("exitCode")).isEqualTo(0);
    }

    @Test
    void trouble_that_may_pass_is_tried_again_and_other_trouble_is_not() {
        runtime.trouble = new RuntimeUnavailableException("The engine cannot be reached", null);
        assertThat(failure(() -> activities.provision(ORDER, 0)))
                .matches(failure ->
                        !failure.isNonRetryable() && failure.getType().equals("tool.unavailable"));

        runtime.trouble = new RunRejectedException("There is no image busybox:1", null);
        assertThat(failure(() -> activities.provision(ORDER, 0)))
                .matches(
                        failure -> failure.isNonRetryable() && failure.getType().equals("tool.rejected"))
                .hasMessageContaining("There is no image busybox:1");
    }

    @Test
    void a_runtime_that_this_worker_does_not_have_may_be_had_by_another() {
        ToolRunRef elsewhere = new ToolRunRef("e1.count", "w", "aci");

        assertThat(failure(() -> activities.stop(elsewhere))).hasMessageContaining("no runtime aci");
    }

    @Test
    void output_becomes_the_metadata_of_the_result() {
        runtime.stdout = "counting\n{\"words\":3}\n";
        runtime.stderr = "careful\n";
        runtime.files.put("report/a b.txt", new byte[] {1, 2});
        activities.provision(ORDER, 0);

        ToolOutput output = activities.collect(ORDER);

        Map<String, Object> said = output.metadata().asMap();
        assertThat(output.blobRef()).isNull();
        assertThat(said)
                .containsEntry("tool", "count")
                .containsEntry("taskId", "e1.count")
                .containsEntry("inReplyTo", "e1")
                .containsEntry("exitCode", 0)
                .containsEntry("durationMs", 7_000)
                .containsEntry("data", Map.of("words", 3))
                .containsEntry("stdout", "counting\n{\"words\":3}\n")
                .containsEntry("stderr", "careful\n")
                .containsEntry("artifacts", List.of(Map.of("path", "report/a b.txt", "bytes", 2)));
        TaskBlobs kept = TaskBlobs.of(ALICE, "e1.count");
        assertThat(blobs.get(kept.stderr())).contains("careful\n".getBytes(StandardCharsets.UTF_8));
        assertThat(blobs.get(kept.file(0))).contains(new byte[] {1, 2});
    }

    @Test
    void large_output_is_whole_in_a_blob_and_its_ends_are_in_the_history() {
        runtime.stdout = "a".repeat(300_000) + "end\n";
        runtime.stderr = "b".repeat(300_000);
        activities.provision(ORDER, 0);

        ToolOutput output = activities.collect(ORDER);

        assertThat(output.blobRef())
                .isEqualTo(new BlobRef(TaskBlobs.of(ALICE, "e1.count").result()));
        assertThat(output.metadata().text("stdout"))
                .isEqualTo("a".repeat(64 << 10) + "\n[... 168932 bytes ...]\n" + "a".repeat((64 << 10) - 4) + "end\n");
        assertThat(output.metadata().text("stderr")).hasSize(16_408);
        assertThat(output.metadata().asMap())
                .containsEntry("stdoutBytes", 300_004)
                .doesNotContainKeys("stdoutTruncated", "stdoutKept", "stderrTruncated");
        assertThat(blobs.get(TaskBlobs.of(ALICE, "e1.count").stdout()).orElseThrow())
                .hasSize(300_004);
        assertThat(blobs.get(output.blobRef().key()).orElseThrow()).hasSizeGreaterThan(4 * (64 << 10));
    }

    @Test
    void output_that_grows_on_its_way_into_a_history_has_shorter_ends() {
        runtime.stdout = "\1".repeat(300_000);
        activities.provision(ORDER, 0);

        assertThat(activities.collect(ORDER).metadata().text("stdout")).hasSize(16_408);
    }

    @Test
    void of_output_above_the_limit_the_beginning_and_the_end_are_kept() {
        runtime.stdout = "first\n" + "x".repeat(4_999_984) + "\nend: why\n";
        activities.provision(ORDER, 0);

        Metadata said = activities.collect(ORDER).metadata();

        String kept =
                new String(blobs.get(TaskBlobs.of(ALICE, "e1.count").stdout()).orElseThrow(), StandardCharsets.UTF_8);
        assertThat(said.asMap())
                .containsEntry("stdoutBytes", 5_000_000)
                .containsEntry("stdoutKept", kept.length())
                .containsEntry("stdoutTruncated", true);
        assertThat(said.text("stdout")).startsWith("first\n").endsWith("\nend: why\n");
        assertThat(kept)
                .startsWith("first\n")
                .contains("x\n[... 2902848 bytes left out ...]\nx")
                .endsWith("\nend: why\n")
                .hasSize((2 << 20) + 34);
    }

    @Test
    void of_output_just_above_the_limit_nothing_is_missing_and_nothing_is_said() {
        runtime.stdout = "x".repeat(Math.toIntExact(ORDER.tool().limits().outputBytes()) + 1);
        activities.provision(ORDER, 0);

        assertThat(activities.collect(ORDER).metadata().asMap())
                .containsEntry("stdoutBytes", runtime.stdout.length())
                .doesNotContainKeys("stdoutKept", "stdoutTruncated");
        assertThat(blobs.get(TaskBlobs.of(ALICE, "e1.count").stdout()).orElseThrow())
                .hasSize(runtime.stdout.length());
    }

    @Test
    void output_that_a_runtime_has_cut_already_is_kept_as_it_is() {
        String cut = "x".repeat(1 << 20) + "\n[... 77 bytes left out ...]\n" + "y".repeat(1 << 20);
        runtime.stdout = cut;
        runtime.stderr = "[... the beginning was left out ...]\nwhy\n";
        activities.provision(ORDER, 0);

        assertThat(activities.collect(ORDER).metadata().asMap())
                .containsEntry("stdoutBytes", (2 << 20) + 77)
                .containsEntry("stdoutKept", cut.length())
                .containsEntry("stdoutTruncated", true)
                .containsEntry("stderrBytes", 4)
                .containsEntry("stderrKept", 41)
                .containsEntry("stderrTruncated", true);
        assertThat(blobs.get(TaskBlobs.of(ALICE, "e1.count").stdout())).contains(cut.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void files_that_are_not_kept_are_counted() {
        for (int n = 0; n < 103; n++) {
            runtime.files.put("f" + n, new byte[] {1});
        }
        runtime.filesLeftOut = 4;
        activities.provision(ORDER, 0);

        Metadata said = activities.collect(ORDER).metadata();

        assertThat((List<?>) said.get("artifacts")).hasSize(100);
        assertThat(said.get("artifactsDropped")).isEqualTo(7);
    }

    @Test
    void a_task_starts_in_a_checkout_that_is_gone_afterwards() throws Exception {
        register("deploy");
        List<String> seen = new ArrayList<>();
        runtime.onStart = request -> seen.add(read(request.workspace().resolve("README")));

        activities.provision(task(WEB), 0);

        assertThat(seen).containsExactly("hello");
        assertThat(asked)
                .containsExactly(new SourceRequest(WEB.url(), "v1", new SourceRequest.Credentials("deploy", CANARY)));
        assertThat(folder).isEmptyDirectory();
        RunRequest request = runtime.started.values().iterator().next();
        assertThat(request.env().toString() + request.input() + request.command())
                .doesNotContain(CANARY);
    }

    @Test
    void sources_are_fetched_again_until_the_program_has_begun_and_then_no_more() throws Exception {
        register(null);
        runtime.status = new RunStatus.Created();
        activities.provision(task(WEB), 0);
        activities.provision(task(WEB), 0);
        assertThat(asked).hasSize(2);

        runtime.status = new RunStatus.Running(NOON);
        activities.provision(task(WEB), 0);
        assertThat(asked).hasSize(2);
    }

    @Test
    void an_address_that_the_event_gave_gets_nobodys_credentials() {
        register("deploy");

        activities.provision(task(new Checkout(WEB.url(), null, null)), 0);

        assertThat(asked.getFirst().credentials()).isNull();
    }

    @Test
    void what_keeps_a_checkout_from_being_made_is_told_and_only_an_absence_is_waited_for() {
        assertThat(failure(() -> activities.provision(task(WEB), 0)).getType()).isEqualTo("task.repository_unknown");
        register("none");
        assertThat(failure(() -> activities.provision(task(WEB), 0)).getType()).isEqualTo("task.secret_unknown");

        Checkout open = new Checkout(WEB.url(), null, null);
        Map.of(
                        "task.repository_not_found", new SourceCheckout.Result.NotFound("x"),
                        "task.access_refused", new SourceCheckout.Result.AccessRefused("x"),
                        "task.ref_not_found", new SourceCheckout.Result.RefNotFound("x"),
                        "task.checkout_rejected", new SourceCheckout.Result.Rejected("x"),
                        "task.repository_unavailable", new SourceCheckout.Result.Away("x"))
                .forEach((type, result) -> {
                    checkedOut = result;
                    ApplicationFailure failure = failure(() -> activities.provision(task(open), 0));
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.isNonRetryable()).isEqualTo(!(result instanceof SourceCheckout.Result.Away));
                });
        assertThat(runtime.started).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_task_tells_of_each_command_how_it_went() {
        runtime.stdout =
                "hi\n{\"commands\":[{\"exitCode\":0,\"durationMs\":120},{\"exitCode\":2,\"durationMs\":30}]}\n";
        activities.provision(task(new Checkout(WEB.url(), null, null)), 0);

        ToolOutput output = activities.collect(task(WEB));

        assertThat(output.metadata().get("data"))
                .isEqualTo(Map.of(
                        "commands",
                        List.of(
                                Map.of("command", "make", "exitCode", 0, "durationMs", 120),
                                Map.of("command", "make test", "exitCode", 2, "durationMs", 30))));
    }

    private void register(String secret) {
        repositories.delete(ALICE.key(), "web");
        repositories.insert(ALICE.key(), new RepoRow("web", WEB.url(), null, secret, NOON));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToolRunOrder task(Checkout checkout) {
        ToolSpec tool = new ToolSpec(
                "worker-task",
                ALICE.key(),
                "scripted",
                null,
                WorkerTaskCommand.of(List.of("make", "make test", "never")),
                Map.of(),
                List.of(),
                TOOL.limits(),
                false,
                "missing",
                null,
                "worker.task.result",
                null,
                checkout,
                null);
        return new ToolRunOrder("e1.worker-task", EVENT, tool, null);
    }

    private static ApplicationFailure failure(Runnable call) {
        ActivityFailure[] caught = new ActivityFailure[1];
        assertThatThrownBy(() -> {
                    try {
                        call.run();
                    } catch (ActivityFailure failure) {
                        caught[0] = failure;
                        throw failure;
                    }
                })
                .isInstanceOf(ActivityFailure.class);
        return (ApplicationFailure) caught[0].getCause();
    }

    private ToolRunActivities activities() {
        temporal.registerActivitiesImplementations(new ToolRunActivitiesImpl(
                "here",
                List.of(runtime),
                tool -> Map.of("API_KEY", "the-secret"),
                new Checkouts(sources, secrets, repositories, new Scratch(folder)),
                new EventDocuments(blobs),
                new OutputCollector(blobs, new Scratch(folder))));
        return temporal.newActivityStub(
                ToolRunActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(20))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }
}
