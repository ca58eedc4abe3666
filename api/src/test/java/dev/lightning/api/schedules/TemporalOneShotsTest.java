package dev.lightning.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TemporalOneShotsTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String UNATTENDED = "nobody-polls-this";
    private static RealTemporal temporal;
    private static WorkflowClient client;
    private static WorkerFactory workers;
    private static TemporalOneShots oneShots;

    private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);

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
        serve(workers.newWorker(TaskQueues.EVENTS));
        workers.start();
        oneShots = new TemporalOneShots(client);
    }

    private static void serve(Worker worker) {
        worker.registerWorkflowImplementationFactory(
                EventWorkflow.class, () -> new EventWorkflowImpl(List.of(new HoldingHandler()), () -> _ -> List.of()));
        worker.registerActivitiesImplementations(new RecordedArrivals());
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            workers.shutdownNow();
            temporal.close();
        }
    }

    @Test
    void a_waiting_event_says_when_it_is_due_and_moves() {
        ScheduleKey key = waiting("moving", TaskQueues.EVENTS);
        Instant later = tomorrow.plus(Duration.ofDays(1));

        assertThat(oneShots.find(key)).contains(new OneShotState(EventStatus.SCHEDULED, tomorrow));
        assertThat(oneShots.reschedule(key, later)).isEqualTo(OneShots.Change.DONE);
        assertThat(oneShots.find(key)).contains(new OneShotState(EventStatus.SCHEDULED, later));
    }

    @Test
    void an_event_moves_and_is_called_off_also_when_that_comes_before_any_worker() {
        String late = "late-workers";
        ScheduleKey moved = waiting("moved-early", late);
        ScheduleKey calledOff = waiting("called-off-early", late);
        Instant later = tomorrow.plus(Duration.ofDays(1));
        CompletableFuture<OneShots.Change> moving =
                CompletableFuture.supplyAsync(() -> oneShots.reschedule(moved, later), Thread::startVirtualThread);
        CompletableFuture<OneShots.Change> calling =
                CompletableFuture.supplyAsync(() -> oneShots.cancel(calledOff), Thread::startVirtualThread);

        WorkerFactory factory = WorkerFactory.newInstance(client);
        serve(factory.newWorker(late));
        factory.start();
        try {
            assertThat(moving.join()).isEqualTo(OneShots.Change.DONE);
            assertThat(calling.join()).isEqualTo(OneShots.Change.DONE);
            assertThat(oneShots.find(moved)).contains(new OneShotState(EventStatus.SCHEDULED, later));
        } finally {
            factory.shutdownNow();
        }
    }

    @Test
    void an_event_that_has_started_neither_moves_nor_is_called_off() {
        ScheduleKey key = waiting("starting", TaskQueues.EVENTS);

        assertThat(oneShots.reschedule(key, Instant.now())).isEqualTo(OneShots.Change.DONE);
        await().atMost(LONG).until(() -> oneShots.find(key).orElseThrow().status() == EventStatus.RUNNING);

        assertThat(oneShots.reschedule(key, tomorrow)).isEqualTo(OneShots.Change.TOO_LATE);
        assertThat(oneShots.cancel(key)).isEqualTo(OneShots.Change.TOO_LATE);
    }

    @Test
    void calling_off_twice_is_calling_off_and_nothing_moves_after_it() {
        ScheduleKey key = waiting("called-off", TaskQueues.EVENTS);

        assertThat(oneShots.cancel(key)).isEqualTo(OneShots.Change.DONE);
        assertThat(oneShots.cancel(key)).isEqualTo(OneShots.Change.DONE);
        await().atMost(LONG).until(() -> oneShots.find(key).orElseThrow().status() == EventStatus.CANCELLED);
        assertThat(oneShots.cancel(key)).isEqualTo(OneShots.Change.DONE);
        assertThat(oneShots.reschedule(key, tomorrow)).isEqualTo(OneShots.Change.TOO_LATE);
    }

    @Test
    void an_event_that_an_operator_terminated_counts_as_cancelled() {
        ScheduleKey key = waiting("terminated", TaskQueues.EVENTS);

        client.newUntypedWorkflowStub(EventWorkflowId.ofRuns(key.owner(), key.id()))
                .terminate("by hand");

        assertThat(oneShots.find(key)).contains(new OneShotState(EventStatus.CANCELLED, null));
    }

    @Test
    void an_event_that_never_was_is_gone() {
        ScheduleKey key = Given.key("never");

        assertThat(oneShots.find(key)).isEmpty();
        assertThat(oneShots.cancel(key)).isEqualTo(OneShots.Change.GONE);
        assertThat(oneShots.reschedule(key, tomorrow)).isEqualTo(OneShots.Change.GONE);
    }

    @Test
    void without_a_worker_an_event_is_still_shown_and_a_change_is_refused_in_time() {
        ScheduleKey key = waiting("unattended", UNATTENDED);

        assertThat(oneShots.find(key)).contains(new OneShotState(EventStatus.SCHEDULED, null));
        assertThatThrownBy(() -> oneShots.cancel(key)).matches(TemporalFailures::isAway);
    }

    private ScheduleKey waiting(String id, String queue) {
        ScheduleKey key = Given.key(id);
        Event event = Given.template(key, HoldingHandler.TYPE);
        client.newUntypedWorkflowStub(
                        "Event",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(EventWorkflowId.of(key.owner(), event.id()))
                                .setTaskQueue(queue)
                                .setTypedSearchAttributes(EventAttributes.atStart(event, EventStatus.SCHEDULED))
                                .build())
                .start(new EventSubmission(event, tomorrow, null, null, null));
        return key;
    }
}
