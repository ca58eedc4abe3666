package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.Definitions;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.RunQueueState;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.RunQueueWorkflowImpl;
import dev.lightning.workflows.tools.RunTicket;
import dev.lightning.workflows.tools.TaskId;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import dev.lightning.workflows.tools.ToolRunWorkflow;
import dev.lightning.workflows.tools.ToolRunWorkflowImpl;
import dev.lightning.workflows.tools.ToolSpec;
import dev.lightning.workflows.tools.Verdict;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue and the gate of runs on a real Temporal server, where nothing but the programs is a stand-in. */
class RunQueueOnTemporalTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int RUNS = 100;
    private static final int REPLICAS = 4;

    private static RealTemporal temporal;
    private static WorkflowClient client;

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final TaskRows rows = new TaskRows(store);
    private final ToolRows definitions = new ToolRows(store);
    private final QuickRuns programs = new QuickRuns();
    private WorkerFactory workers;

    @BeforeAll
    static void start() {
        temporal = RealTemporal.start(
                EventAttributes.ALL.stream().map(SearchAttributeKey::getName).toList());
        client = WorkflowClient.newInstance(
                temporal.stubs(),
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build());
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            temporal.close();
        }
    }

    @BeforeEach
    void work() {
        workers = WorkerFactory.newInstance(client);
        Worker events = workers.newWorker(TaskQueues.EVENTS);
        events.registerWorkflowImplementationTypes(ToolRunWorkflowImpl.class, RunQueueWorkflowImpl.class);
        InMemoryBlobStore blobs = new InMemoryBlobStore();
        events.registerActivitiesImplementations(new ToolActivitiesImpl(
                new ToolMatcher(definitions, ToolSpec.PLATFORM),
                definitions,
                ToolActivitiesImplTest.workerTasks(new RepoRows(store)),
                rows,
                new EventDocuments(blobs),
                new CompletedRuns(new EffectLedger(store, blobs, InstantSource.system())),
                new RunQueues(client, 2 * RUNS),
                new OpenWorkflows(client)));
        workers.newWorker(TaskQueues.TOOLS).registerActivitiesImplementations(programs);
        workers.start();
    }

    @AfterEach
    void rest() {
        workers.shutdownNow();
    }

    @Test
    void a_hundred_runs_go_through_four_places_in_the_order_in_which_they_came() {
        Owner owner = new Owner("queueaaaaaaa", "queue");
        programs.held = true;
        define(owner, REPLICAS);
        IntStream.range(0, RUNS).forEach(n -> start(owner, "e" + n, REPLICAS, null));
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> queue(owner).waiting().size() == RUNS - REPLICAS);
        RunTicket last = queue(owner).waiting().getLast();
        assertThat(queue(owner).placeOf(last.workflowId()))
                .contains(new QueuePlace(RUNS - REPLICAS, RUNS - REPLICAS, REPLICAS, REPLICAS));
        await().atMost(LIMIT).until(() -> !listed(owner, ToolRunState.QUEUED).isEmpty());

        programs.held = false;

        await().atMost(LIMIT).until(() -> listed(owner, ToolRunState.COMPLETED).size() == RUNS);
        assertThat(programs.mostAtOnce).hasValue(REPLICAS);
        assertThat(programs.started).hasSize(RUNS).doesNotHaveDuplicates();
        List<HistoryEvent> ledger =
                client.fetchHistory(RunQueueWorkflow.idOf(owner.key())).getEvents();
        assertThat(admitted(ledger)).hasSize(RUNS).isEqualTo(arrived(ledger));
    }

    @Test
    void a_run_that_waits_for_approval_outlives_its_workers() {
        Owner owner = new Owner("gateaaaaaaaa", "gate");
        ToolRunWorkflow run = start(owner, "e1", null, true);
        await().atMost(LIMIT)
                .until(() -> listed(owner, ToolRunState.AWAITING_APPROVAL).size() == 1);
        await().atMost(LIMIT).until(() -> "AWAITING_APPROVAL".equals(status(run)));

        rest();
        work();
        run.approve(new Verdict("gate", null));

        assertThat(WorkflowStub.fromTyped(run).getResult(ToolRunResult.class).state())
                .isEqualTo(ToolRunState.COMPLETED);
        TaskRow row = rows.find(owner.key(), "e1.one").orElseThrow();
        assertThat(row.state()).isEqualTo("COMPLETED");
        assertThat(row.standing().approval().by()).isEqualTo("gate");
    }

    @Test
    void a_decision_that_comes_before_any_worker_counts() {
        Owner owner = new Owner("earlyaaaaaaa", "early");
        rest();
        ToolRunWorkflow run = start(owner, "e1", null, true);
        ToolRunWorkflow other = start(owner, "e2", null, null);
        Verdict verdict = new Verdict("early", null);
        CompletableFuture<Approval> approved =
                CompletableFuture.supplyAsync(() -> run.approve(verdict), Thread::startVirtualThread);
        CompletableFuture<Approval> refused =
                CompletableFuture.supplyAsync(() -> other.approve(verdict), Thread::startVirtualThread);

        work();

        assertThat(approved.join().decision()).isEqualTo(ApprovalDecision.APPROVED);
        assertThatThrownBy(refused::join).rootCause().hasMessageContaining("does not wait for approval");
        assertThat(WorkflowStub.fromTyped(run).getResult(ToolRunResult.class).state())
                .isEqualTo(ToolRunState.COMPLETED);
    }

    @Test
    void a_paused_tool_keeps_its_runs_until_it_is_told_to_go_on() {
        Owner owner = new Owner("pauseaaaaaaa", "pause");
        ToolRow paused = define(owner, 0);
        ToolRunWorkflow first = start(owner, "e1", 4, null);
        ToolRunWorkflow second = start(owner, "e2", 4, null);
        await().atMost(LIMIT).until(() -> listed(owner, ToolRunState.QUEUED).size() == 2);
        await().atMost(LIMIT).until(() -> "QUEUED".equals(status(second)));

        assertThat(definitions.update(owner.key(), paused.changed(Definitions.function("one", 1), null, NOON)))
                .isPresent();
        client.newWorkflowStub(RunQueueWorkflow.class, RunQueueWorkflow.idOf(owner.key()))
                .definitionChanged();

        for (ToolRunWorkflow run : List.of(first, second)) {
            assertThat(WorkflowStub.fromTyped(run)
                            .getResult(ToolRunResult.class)
                            .state())
                    .isEqualTo(ToolRunState.COMPLETED);
        }
        assertThat(programs.mostAtOnce).hasValue(1);
    }

    private static @Nullable String status(ToolRunWorkflow run) {
        return WorkflowStub.fromTyped(run).describe().getTypedSearchAttributes().get(EventAttributes.STATUS);
    }

    private ToolRow define(Owner owner, int replicas) {
        return definitions
                .insert(owner.key(), ToolRow.created(Definitions.function("one", replicas), null, NOON))
                .orElseThrow();
    }

    private static List<String> arrived(List<HistoryEvent> ledger) {
        return ledger.stream()
                .filter(HistoryEvent::hasWorkflowExecutionSignaledEventAttributes)
                .map(HistoryEvent::getWorkflowExecutionSignaledEventAttributes)
                .filter(signal -> signal.getSignalName().equals("enter"))
                .map(signal -> Wire.plain()
                        .fromPayloads(0, Optional.of(signal.getInput()), RunTicket.class, RunTicket.class)
                        .workflowId())
                .distinct()
                .toList();
    }

    private static List<String> admitted(List<HistoryEvent> ledger) {
        return ledger.stream()
                .filter(HistoryEvent::hasSignalExternalWorkflowExecutionInitiatedEventAttributes)
                .map(event -> event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                        .getWorkflowExecution()
                        .getWorkflowId())
                .toList();
    }

    private static RunQueueState queue(Owner owner) {
        return client.newWorkflowStub(RunQueueWorkflow.class, RunQueueWorkflow.idOf(owner.key()))
                .state();
    }

    private List<TaskRow> listed(Owner owner, ToolRunState state) {
        return rows.list(owner.key(), row -> row.state().equals(state.name()), null, RUNS)
                .rows();
    }

    private static ToolRunWorkflow start(
            Owner owner, String id, @Nullable Integer replicas, @Nullable Boolean approval) {
        Event event =
                Event.root(new EventId(id), "order.created", "shop", NOON, NOON, owner, null, Metadata.empty(), null);
        ToolSpec tool = new ToolSpec(
                "one",
                owner.key(),
                "process",
                null,
                List.of("true"),
                Map.of(),
                List.of(),
                new ToolLimits(Duration.ofMinutes(10), 1 << 28, 1, 100, 1 << 26),
                false,
                "missing",
                replicas,
                "tool.one.result",
                approval,
                null,
                null);
        String taskId = TaskId.of(event.id(), tool.name());
        ToolRunWorkflow run = client.newWorkflowStub(
                ToolRunWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(TaskId.workflowId(owner, taskId))
                        .setTaskQueue(TaskQueues.EVENTS)
                        .build());
        WorkflowClient.start(run::run, new ToolRunOrder(taskId, event, tool, null));
        return run;
    }
}
