package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.admission.Urgency;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.UnreachableTemporal;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.events.Handled;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.wire.Wire;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.NonDeterministicException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TemporalEventRunsTest {
    private static final Owner ALICE = OwnerKeys.builtIn("alice");
    private static final AtomicInteger IDS = new AtomicInteger();
    private static final Queue<Event> WORKED_ON = new ConcurrentLinkedQueue<>();
    private static final Queue<RunRecord> RECORDED = new ConcurrentLinkedQueue<>();

    private static RealTemporal temporal;
    private static WorkflowClient client;
    private static WorkerFactory workers;
    private static TemporalEventRuns runs;

    /** What the test's events do, by their type. */
    @ActivityInterface
    public interface Work {
        void work(Event event);
    }

    @BeforeAll
    static void start() {
        temporal = RealTemporal.start(
                EventAttributes.ALL.stream().map(key -> key.getName()).toList());
        client = WorkflowClient.newInstance(
                temporal.stubs(),
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(Wire.plain())
                        .build());
        workers = WorkerFactory.newInstance(client);
        Worker worker = workers.newWorker(TaskQueues.EVENTS);
        worker.registerWorkflowImplementationFactory(
                EventWorkflow.class, () -> new EventWorkflowImpl(List.of(new TestHandler()), () -> _ -> List.of()));
        worker.registerActivitiesImplementations(new TestWork(), new Recorder());
        workers.start();
        runs = new TemporalEventRuns(client);
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            workers.shutdownNow();
            workers.awaitTermination(10, TimeUnit.SECONDS);
            temporal.close();
        }
    }

    @Test
    void a_server_that_cannot_be_reached_refuses_for_certain_and_in_time() {
        try (UnreachableTemporal nobody = UnreachableTemporal.refusing()) {
            TemporalEventRuns away = new TemporalEventRuns(nobody.client());
            Instant before = Instant.now();

            assertThat(away.start(submission("test.done"), Urgency.NORMAL)).isInstanceOf(RunStart.Refused.class);
            assertThat(away.state(ALICE, new EventId("one"))).isInstanceOf(RunState.Away.class);
            assertThat(away.cancel(ALICE, new EventId("one"))).isEqualTo(EventRuns.Cancelling.AWAY);
            assertThat(Duration.between(before, Instant.now())).isLessThan(TemporalCalls.PATIENCE.multipliedBy(4));
        }
    }

    @Test
    void a_server_that_says_nothing_leaves_open_whether_it_has_started() {
        try (UnreachableTemporal silent = UnreachableTemporal.silent()) {
            TemporalEventRuns away = new TemporalEventRuns(silent.client());
            Instant before = Instant.now();

            assertThat(away.start(submission("test.done"), Urgency.NORMAL)).isInstanceOf(RunStart.Unknown.class);
            assertThat(Duration.between(before, Instant.now())).isLessThan(TemporalCalls.PATIENCE.multipliedBy(2));
        }
    }

    @Test
    void twenty_equal_starts_make_one_run() throws Exception {
        EventSubmission submission = submission("test.done");
        List<String> runIds = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Future<RunStart>> starts = new ArrayList<>();
            for (int n = 0; n < 20; n++) {
                starts.add(threads.submit(() -> runs.start(submission, Urgency.NORMAL)));
            }
            for (Future<RunStart> start : starts) {
                runIds.add(persisted(start.get()));
            }
        }
        assertThat(runIds).hasSize(20).containsOnly(runIds.getFirst());

        result(submission);
        assertThat(persisted(runs.start(submission, Urgency.NORMAL))).isEqualTo(runIds.getFirst());
        assertThat(RECORDED)
                .filteredOn(run -> run.eventId().equals(submission.event().id()))
                .hasSize(1);
    }

    @Test
    void a_workflow_can_be_found_by_its_attributes_and_summary() {
        EventSubmission submission = submission("test.done");
        runs.start(submission, Urgency.NORMAL);
        result(submission);

        var described = client.newUntypedWorkflowStub(workflowId(submission)).describe();
        assertThat(described.getStaticSummary()).isEqualTo("test.done from alice");
        assertThat(described.getTypedSearchAttributes().get(EventAttributes.USER))
                .isEqualTo(ALICE.key());
    }

    @Test
    void an_open_run_tells_its_progress_and_what_the_server_is_waiting_for() {
        EventSubmission submission = submission("test.busy");
        String runId = persisted(runs.start(submission, Urgency.NORMAL));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            RunState.Open open = (RunState.Open) state(submission);
            assertThat(open.runId()).isEqualTo(runId);
            assertThat(open.stuck()).isFalse();
            assertThat(open.report().steps()).singleElement().satisfies(step -> {
                assertThat(step.state()).isEqualTo(StepState.RUNNING);
                assertThat(step.name()).isEqualTo("test");
            });
            assertThat(open.pending()).singleElement().satisfies(pending -> {
                assertThat(pending.activity()).isEqualTo("Work");
                assertThat(pending.attempt()).isGreaterThan(1);
                assertThat(pending.lastError()).isEqualTo("busy");
            });
        });
        assertThat(runs.cancel(ALICE, submission.event().id())).isEqualTo(EventRuns.Cancelling.REQUESTED);
    }

    @Test
    void a_cancelled_future_event_ends_as_cancelled() {
        EventSubmission submission =
                new EventSubmission(event("test.done"), Instant.now().plusSeconds(3_600), null, null, null);
        runs.start(submission, Urgency.NORMAL);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(((RunState.Open) state(submission)).report())
                        .satisfies(report -> assertThat(report.status()).isEqualTo(EventStatus.SCHEDULED)));

        assertThat(runs.cancel(ALICE, submission.event().id())).isEqualTo(EventRuns.Cancelling.REQUESTED);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(state(submission))
                        .isInstanceOfSatisfying(
                                RunState.Closed.class,
                                closed -> assertThat(closed.status()).isEqualTo(EventStatus.CANCELLED)));
    }

    @Test
    void a_cancellation_does_not_harm_a_run_that_has_ended() {
        EventSubmission submission = submission("test.done");
        runs.start(submission, Urgency.NORMAL);
        result(submission);

        assertThat(runs.cancel(ALICE, submission.event().id())).isEqualTo(EventRuns.Cancelling.REQUESTED);
        assertThat(((RunState.Closed) state(submission)).status()).isEqualTo(EventStatus.COMPLETED);
    }

    @Test
    void a_retry_is_a_new_run_with_the_same_event_that_asks_which_tools_there_are_now() {
        EventSubmission submission = submission("test.fails");
        String first = persisted(runs.start(submission, Urgency.NORMAL));
        result(submission);

        String second = persisted(runs.startAgain(ALICE, submission.event().id()));
        result(submission);

        assertThat(second).isNotEqualTo(first);
        assertThat(WORKED_ON)
                .filteredOn(event -> event.id().equals(submission.event().id()))
                .hasSize(2)
                .containsOnly(submission.event());
        assertThat(((RunState.Closed) state(submission)).runId()).isEqualTo(second);
        String workflowId = EventWorkflowId.of(ALICE, submission.event().id());
        assertThat(new TemporalHistories(client).submissionOf(workflowId)).contains(submission.askingTools());
    }

    @Test
    void a_retry_that_comes_before_the_run_has_closed_waits_for_it() {
        EventSubmission submission = submission("test.slow");
        String first = persisted(runs.start(submission, Urgency.NORMAL));

        String second = persisted(runs.startAgain(ALICE, submission.event().id()));

        assertThat(second).isNotEqualTo(first);
        result(submission);
    }

    @Test
    void a_retried_run_of_a_schedule_is_still_for_its_nominal_time() {
        SearchAttributeKey<OffsetDateTime> nominal = SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");
        OffsetDateTime midnight = OffsetDateTime.parse("2026-11-21T00:00:00Z");
        EventSubmission template = new EventSubmission(event("test.fails"), null, "nightly", null, null);
        EventId id = new EventId(template.event().id() + "-2026-11-21T00:00:00Z");
        EventWorkflow workflow = client.newWorkflowStub(
                EventWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(EventWorkflowId.of(ALICE, id))
                        .setTaskQueue(TaskQueues.EVENTS)
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(nominal, midnight)
                                .build())
                        .build());
        workflow.handle(template);

        persisted(runs.startAgain(ALICE, id));
        client.newUntypedWorkflowStub(EventWorkflowId.of(ALICE, id)).getResult(Object.class);

        assertThat(WORKED_ON)
                .filteredOn(event -> event.id().equals(id))
                .extracting(Event::time)
                .containsExactly(midnight.toInstant(), midnight.toInstant());
    }

    @Test
    void an_event_that_never_was_is_missing_and_cannot_be_retried_or_cancelled() {
        EventId none = new EventId("none");
        assertThat(runs.state(ALICE, none)).isInstanceOf(RunState.Missing.class);
        assertThat(runs.startAgain(ALICE, none)).isInstanceOf(RunStart.NoHistory.class);
        assertThat(runs.cancel(ALICE, none)).isEqualTo(EventRuns.Cancelling.MISSING);
    }

    @Test
    void a_terminated_run_is_closed_as_cancelled_with_a_reason() {
        EventSubmission submission = submission("test.busy");
        runs.start(submission, Urgency.NORMAL);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(((RunState.Open) state(submission)).pending())
                        .isNotEmpty());

        client.newUntypedWorkflowStub(workflowId(submission)).terminate("test");

        RunState.Closed closed = (RunState.Closed) state(submission);
        assertThat(closed.status()).isEqualTo(EventStatus.CANCELLED);
        assertThat(closed.reason().code()).isEqualTo("terminated");
        assertThat(closed.runId()).isNotEmpty();
    }

    @Test
    void a_workflow_whose_task_keeps_failing_is_stuck() {
        EventSubmission submission = submission("test.broken");
        runs.start(submission, Urgency.NORMAL);

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() ->
                        assertThat(((RunState.Open) state(submission)).stuck()).isTrue());
        client.newUntypedWorkflowStub(workflowId(submission)).terminate("test");
    }

    private static RunState state(EventSubmission submission) {
        return runs.state(ALICE, submission.event().id());
    }

    private static void result(EventSubmission submission) {
        WorkflowStub stub = client.newUntypedWorkflowStub(workflowId(submission));
        stub.getResult(Object.class);
    }

    private static String workflowId(EventSubmission submission) {
        return EventWorkflowId.of(ALICE, submission.event().id());
    }

    private static String persisted(RunStart start) {
        assertThat(start).isInstanceOf(RunStart.Persisted.class);
        return ((RunStart.Persisted) start).runId();
    }

    private static EventSubmission submission(String type) {
        return new EventSubmission(event(type), null, null, null, null);
    }

    private static Event event(String type) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        return Event.root(
                new EventId("e" + IDS.incrementAndGet()),
                type,
                "test",
                Instant.parse("2026-11-21T12:00:00.123456789Z"),
                now,
                ALICE,
                "subject",
                Metadata.of(Map.of("exact", new BigDecimal("0.10000000000000000001"))),
                null);
    }

    private static final class TestHandler implements EventHandler {
        @Override
        public boolean handles(String type) {
            return true;
        }

        @Override
        public String step() {
            return "test";
        }

        @Override
        public Handled handle(Event event, EventSubmission submission) {
            if (event.type().equals("test.broken")) {
                throw new NonDeterministicException("broken on purpose", null);
            }
            if (event.type().equals("test.slow")) {
                Workflow.sleep(Duration.ofSeconds(1));
            }
            Workflow.newActivityStub(
                            Work.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofSeconds(10))
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setInitialInterval(Duration.ofMillis(200))
                                            .setMaximumInterval(Duration.ofSeconds(1))
                                            .build())
                                    .build())
                    .work(event);
            return Handled.done(Attempts.FIRST, List.of());
        }
    }

    /** Succeeds, fails for good or is busy for ever, as the event's type says. */
    public static final class TestWork implements Work {
        @Override
        public void work(Event event) {
            WORKED_ON.add(event);
            switch (event.type()) {
                case "test.fails" -> throw ApplicationFailure.newNonRetryableFailure("no", "Test.NO");
                case "test.busy" -> throw ApplicationFailure.newFailure("busy", "Test.BUSY");
                default -> {}
            }
        }
    }

    /** Keeps what the workflow would write into the row. */
    public static final class Recorder implements EventActivities {
        @Override
        public void recordArrival(Event event) {}

        @Override
        public void recordOutcome(RunRecord run) {
            RECORDED.add(run);
        }
    }
}
