package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.Urgency;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.Definitions;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

class DurableEventIntakeTest {
    private static final Owner ALICE = OwnerKeys.builtIn("alice");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final EventRows rows = new EventRows(new InMemoryEntityStore());
    private final FakeEventRuns runs = new FakeEventRuns();
    private final ToolRows tools = new ToolRows(new InMemoryEntityStore());
    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private final TestDelay delay = new TestDelay();
    private final Admission admission = delay.admission();
    private final DurableEventIntake intake =
            new DurableEventIntake(rows, runs, new LargeMetadata(blobs), ToolsInMemory.of(tools), admission, "models");

    @RepeatedTest(10)
    void twenty_equal_posts_at_once_start_one_workflow_and_exactly_one_is_the_first() throws Exception {
        List<Intake> answers = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Future<Intake>> posts = new ArrayList<>();
            for (int n = 0; n < 20; n++) {
                posts.add(threads.submit(() -> {
                    go.await();
                    return intake.take(posted("one", "hash"), null);
                }));
            }
            go.countDown();
            for (Future<Intake> post : posts) {
                answers.add(post.get());
            }
        }

        assertThat(answers).filteredOn(answer -> !answer.duplicate()).hasSize(1);
        assertThat(answers)
                .extracting(Intake::runId)
                .containsOnly(answers.getFirst().runId());
        assertThat(runs.started).hasSize(1);
    }

    @Test
    void the_submission_carries_due_and_model_queue() {
        Intake answer = intake.take(posted("one", "hash"), NOON.plusSeconds(60));

        assertThat(answer.workflowId()).isEqualTo("event-" + ALICE.key() + "-one");
        assertThat(runs.started.getFirst().due()).isEqualTo(NOON.plusSeconds(60));
        assertThat(runs.started.getFirst().modelQueue()).isEqualTo("models");
        assertThat(rows.find(ALICE.key(), "one").orElseThrow().status()).isEqualTo("SCHEDULED");
    }

    @Test
    void under_overload_only_what_is_new_and_for_now_is_refused_and_leaves_nothing() {
        intake.take(posted("known", "hash"), null);
        flood();

        assertStatus(() -> intake.take(posted("new", "hash"), null), HttpStatus.TOO_MANY_REQUESTS);
        assertThat(rows.find(ALICE.key(), "new")).isEmpty();
        assertThat(intake.take(posted("known", "hash"), null).duplicate()).isTrue();
        assertStatus(() -> intake.take(posted("known", "other"), null), HttpStatus.CONFLICT);
        assertThat(intake.take(posted("later", "hash"), NOON.plusSeconds(60)).duplicate())
                .isFalse();
    }

    @Test
    void what_is_not_accepted_is_not_outstanding() {
        runs.starting = _ -> new RunStart.Refused("UNAVAILABLE");
        assertStatus(() -> intake.take(posted("one", "hash"), null), HttpStatus.SERVICE_UNAVAILABLE);

        assertThat(admission.figures().outstanding()).isZero();
    }

    @Test
    void a_chat_alone_goes_before_other_events_and_those_before_what_is_one_of_many() {
        intake.take(posted("chat", EventTypes.LLM_CHAT, "hash", Metadata.empty()), null);
        intake.take(posted("other", "hash"), null);
        intake.take(posted("many", "hash").asBatch(), null);

        assertThat(runs.urgencies).containsExactly(Urgency.INTERACTIVE, Urgency.NORMAL, Urgency.BATCH);
    }

    /** So many outstanding events of Alice that nothing more is hers. */
    private void flood() {
        for (int n = 0; n < 100; n++) {
            admission.ask(ALICE.key(), "flood-" + n, Urgency.NORMAL);
        }
        delay.becomes(Duration.ofSeconds(5));
    }

    @Test
    void only_an_event_that_a_tool_may_take_pays_for_the_question() {
        intake.take(posted("none-yet", "hash"), null);
        intake.take(posted("later", "hash"), NOON.plusSeconds(60));
        intake.take(posted("brings-its-tool", EventTypes.WORKER_TASK, "hash", Metadata.empty()), null);
        tools.insert(ToolSpec.PLATFORM, ToolRow.created(Definitions.tool("count", List.of("x"), null), null, NOON));
        intake.take(posted("of-the-platform", "hash"), null);

        assertThat(runs.started).extracting(EventSubmission::tools).containsExactly(false, true, true, true);
    }

    @Test
    void another_body_under_the_same_id_is_a_conflict_and_starts_nothing() {
        intake.take(posted("one", "hash"), null);

        assertStatus(() -> intake.take(posted("one", "other"), null), HttpStatus.CONFLICT);
        assertThat(runs.asked).hasValue(1);
    }

    @Test
    void a_repeat_of_an_ended_event_asks_temporal_nothing() {
        intake.take(posted("one", "hash"), null);
        rows.recordRun(ALICE.key(), "one", new EventRun("r7", "COMPLETED", null, null, NOON, NOON), "{}");

        Intake again = intake.take(posted("one", "hash"), null);

        assertThat(again.duplicate()).isTrue();
        assertThat(again.runId()).isEqualTo("r7");
        assertThat(runs.asked).hasValue(1);
    }

    @Test
    void a_start_that_temporal_refused_leaves_no_row() {
        runs.starting = _ -> new RunStart.Refused("UNAVAILABLE");

        assertStatus(() -> intake.take(posted("one", "hash"), null), HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(rows.find(ALICE.key(), "one")).isEmpty();

        runs.starting = runs::persist;
        assertThat(intake.take(posted("one", "hash"), null).duplicate()).isFalse();
    }

    @Test
    void a_start_whose_answer_was_lost_keeps_its_row_and_heals_with_the_next_post() {
        runs.starting = submission -> {
            runs.persist(submission);
            return new RunStart.Unknown("DEADLINE_EXCEEDED");
        };
        assertStatus(() -> intake.take(posted("one", "hash"), null), HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(rows.find(ALICE.key(), "one")).isPresent();

        runs.starting = runs::persist;
        Intake healed = intake.take(posted("one", "hash"), null);

        assertThat(healed.duplicate()).isTrue();
        assertThat(runs.started).hasSize(1);
    }

    @Test
    void a_refused_start_does_not_take_the_row_from_a_repeat_that_succeeded_meanwhile() {
        runs.starting = _ -> {
            runs.starting = runs::persist;
            intake.take(posted("one", "hash"), null);
            return new RunStart.Refused("UNAVAILABLE");
        };

        assertStatus(() -> intake.take(posted("one", "hash"), null), HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(rows.find(ALICE.key(), "one")).isPresent();
        assertThat(runs.started).hasSize(1);
    }

    @Test
    void large_metadata_goes_to_the_blob_store_and_a_cut_of_it_into_the_workflow() {
        String large = "ü".repeat(100_000);
        intake.take(posted("one", "hash", Metadata.of(Map.of("text", large, "n", 1))), null);

        Event event = runs.started.getFirst().event();
        assertThat(event.blobRef().key()).isEqualTo(ALICE.key() + "/one/event.json");
        assertThat(event.metadata().text("text")).startsWith("ü").hasSizeLessThan(5_000);
        assertThat(event.metadata().get("n")).isEqualTo(1);
        assertThat(blobs.get(event.blobRef().key()).orElseThrow()).hasSizeGreaterThan(200_000);
    }

    @Test
    void a_blob_store_that_is_away_accepts_nothing() {
        blobs.away = true;
        Metadata large = Metadata.of(Map.of("text", "x".repeat(200_000)));

        assertStatus(() -> intake.take(posted("one", "hash", large), null), HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(rows.find(ALICE.key(), "one")).isEmpty();
        assertThat(runs.asked).hasValue(0);
    }

    @Test
    void a_cut_fits_whatever_the_metadata_is_made_of() {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < 60_000; n++) {
            numbers.add(n);
        }
        assertThat(LargeMetadata.cut(Metadata.of(Map.of("n", numbers)))).isEqualTo(Metadata.empty());
        List<String> strings = new ArrayList<>();
        for (int n = 0; n < 1_000; n++) {
            strings.add("😀".repeat(300));
        }
        Metadata cut = LargeMetadata.cut(Metadata.of(Map.of("s", strings)));
        assertThat(EventJson.MAPPER.writeValueAsBytes(cut.asMap())).hasSizeBetween(1_000, LargeMetadata.MAX_INLINE);
    }

    private static void assertStatus(Runnable call, HttpStatus status) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(status));
    }

    private static Posted posted(String id, String hash) {
        return posted(id, hash, Metadata.empty());
    }

    private static Posted posted(String id, String hash, Metadata metadata) {
        return posted(id, "order.created", hash, metadata);
    }

    private static Posted posted(String id, String type, String hash, Metadata metadata) {
        return new Posted(Event.root(new EventId(id), type, "test", NOON, NOON, ALICE, null, metadata, null), hash);
    }
}
