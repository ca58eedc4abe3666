package dev.lightning.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.Proposal;
import dev.lightning.workflows.tools.QueuePlace;
import dev.lightning.workflows.tools.RunQueueState;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.RunTicket;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import dev.lightning.workflows.tools.ToolRunWorkflow;
import dev.lightning.workflows.tools.ToolSpec;
import dev.lightning.workflows.tools.Verdict;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalTaskRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Owner ALICE = new Owner("aliceaaaaaaa", "alice");
    private static final String QUEUE = "tasks-of-this-test";

    private TestWorkflowEnvironment temporal;
    private TaskRuns runs;

    /** Runs until it is cancelled, and can be extended by up to an hour. */
    public static final class Patient implements ToolRunWorkflow {
        private Instant deadline = NOON;
        private Event taken;
        private int approved;

        @Override
        public ToolRunResult run(ToolRunOrder order) {
            taken = order.event();
            Workflow.await(() -> false);
            throw new AssertionError("unreachable");
        }

        @Override
        public ToolRunProgress progress() {
            return new ToolRunProgress(ToolRunState.RUNNING, NOON, NOON, deadline, null);
        }

        @Override
        public Event event() {
            return taken;
        }

        @Override
        public void admitted() {}

        @Override
        public Approval approve(Verdict verdict) {
            approved++;
            return new Approval(
                    new Proposal("process", null, List.of("true"), false),
                    NOON,
                    ApprovalDecision.APPROVED,
                    verdict.by(),
                    NOON,
                    verdict.reason());
        }

        @Override
        public void mayApprove(Verdict verdict) {
            if (approved > 0) {
                throw ApplicationFailure.newFailure("Only the server repeats an answer", "tool.refused");
            }
        }

        @Override
        public Approval reject(Verdict verdict) {
            throw new AssertionError("the validator lets nobody in");
        }

        @Override
        public void mayReject(Verdict verdict) {
            throw ApplicationFailure.newFailure("It has been approved already", "tool.decided");
        }

        @Override
        public Instant extendDeadline(Duration by) {
            deadline = deadline.plus(by);
            return deadline;
        }

        @Override
        public void mayExtendDeadline(Duration by) {
            if (by.compareTo(Duration.ofHours(1)) > 0) {
                throw ApplicationFailure.newFailure("An hour is the most", "tool.refused");
            }
        }
    }

    /** A queue in which one run of this test waits behind another. */
    public static final class Queue implements RunQueueWorkflow {
        @Override
        public void definitionChanged() {}

        @Override
        public void run(RunQueueState state) {
            Workflow.await(() -> false);
        }

        @Override
        public void enter(RunTicket ticket) {}

        @Override
        public void leave(String workflowId) {}

        @Override
        public RunQueueState state() {
            return new RunQueueState(
                    List.of(),
                    List.of(new RunTicket("tool-0", "count", 2, "a", 1), new RunTicket("tool-1", "count", 2, "b", 1)));
        }
    }

    @BeforeEach
    void start() {
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build())
                .build());
        temporal.newWorker(QUEUE).registerWorkflowImplementationTypes(Patient.class, Queue.class);
        temporal.start();
        runs = new TemporalTaskRuns(temporal.getWorkflowClient());
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void a_run_that_is_open_is_asked_extended_and_cancelled() {
        ToolRunWorkflow workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        ToolRunWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("tool-1")
                                .setTaskQueue(QUEUE)
                                .build());
        WorkflowClient.start(workflow::run, order());

        assertThat(runs.progress("tool-1"))
                .hasValueSatisfying(progress -> assertThat(progress.state()).isEqualTo(ToolRunState.RUNNING));
        assertThat(runs.event("tool-1")).contains(order().event());
        assertThat(runs.extend("tool-1", Duration.ofMinutes(10)))
                .isEqualTo(new TaskRuns.Extension.Granted(NOON.plusSeconds(600)));
        assertThat(runs.extend("tool-1", Duration.ofHours(2)))
                .isEqualTo(new TaskRuns.Extension.Refused("An hour is the most"));
        assertThat(runs.cancel("tool-1")).isTrue();
        assertThatThrownBy(() -> WorkflowStub.fromTyped(workflow).getResult(ToolRunResult.class))
                .hasCauseInstanceOf(CanceledFailure.class);
        assertThat(runs.extend("tool-1", Duration.ofMinutes(1))).isEqualTo(new TaskRuns.Extension.Ended());
    }

    @Test
    void a_decision_reaches_the_run_it_is_about_and_is_repeated_by_the_server() {
        ToolRunWorkflow workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        ToolRunWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("tool-1")
                                .setTaskQueue(QUEUE)
                                .build());
        String runId = WorkflowClient.start(workflow::run, order()).getRunId();
        Verdict verdict = new Verdict("alice", "Why not");

        assertThat(runs.decide("tool-1", runId, ApprovalDecision.APPROVED, verdict))
                .isEqualTo(new TaskRuns.Ruling.Made());
        assertThat(runs.decide("tool-1", runId, ApprovalDecision.APPROVED, verdict))
                .isEqualTo(new TaskRuns.Ruling.Made());
        assertThat(runs.decide("tool-1", runId, ApprovalDecision.REJECTED, verdict))
                .isEqualTo(new TaskRuns.Ruling.Refused("It has been approved already"));
        assertThat(runs.decide("tool-1", UUID.randomUUID().toString(), ApprovalDecision.APPROVED, verdict))
                .isEqualTo(new TaskRuns.Ruling.Ended());
        assertThat(runs.trouble("tool-1")).isEmpty();
    }

    @Test
    void a_place_is_looked_for_in_the_queues_of_the_user_and_the_platform() {
        RunQueueWorkflow queue = temporal.getWorkflowClient()
                .newWorkflowStub(
                        RunQueueWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(RunQueueWorkflow.idOf(ToolSpec.PLATFORM))
                                .setTaskQueue(QUEUE)
                                .build());
        WorkflowClient.start(queue::run, RunQueueState.EMPTY);

        assertThat(runs.place(ALICE, "tool-1")).contains(new QueuePlace(2, 2, 0, 2));
        assertThat(runs.place(ALICE, "tool-2")).isEmpty();
    }

    @Test
    void a_run_that_never_was_is_no_failure() {
        assertThat(runs.progress("none")).isEmpty();
        assertThat(runs.event("none")).isEmpty();
        assertThat(runs.place(ALICE, "none")).isEmpty();
        assertThat(runs.trouble("none")).isEmpty();
        assertThat(runs.decide(
                        "none", UUID.randomUUID().toString(), ApprovalDecision.APPROVED, new Verdict("alice", null)))
                .isEqualTo(new TaskRuns.Ruling.Ended());
        assertThat(runs.cancel("none")).isFalse();
        assertThat(runs.extend("none", Duration.ofMinutes(1))).isEqualTo(new TaskRuns.Extension.Ended());
    }

    private static ToolRunOrder order() {
        Event event = Event.root(
                new EventId("one"), "order.created", "shop", NOON, NOON, ALICE, null, Metadata.empty(), null);
        ToolLimits limits = new ToolLimits(Duration.ofMinutes(1), 1, 1, 1, 1);
        ToolSpec tool = new ToolSpec(
                "count",
                "aliceaaaaaaa",
                "process",
                null,
                List.of("true"),
                Map.of(),
                List.of(),
                limits,
                false,
                "missing",
                null,
                "tool.count.result",
                null,
                null,
                null);
        return new ToolRunOrder("one.count", event, tool, null);
    }
}
