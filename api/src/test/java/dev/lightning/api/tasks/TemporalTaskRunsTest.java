package dev.lightning.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import dev.lightning.workflows.tools.ToolRunWorkflow;
import dev.lightning.workflows.tools.ToolSpec;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalTaskRunsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String QUEUE = "tasks-of-this-test";

    private TestWorkflowEnvironment temporal;
    private TaskRuns runs;

    /** Runs until it is cancelled, and can be extended by up to an hour. */
    public static final class Patient implements ToolRunWorkflow {
        private Instant deadline = NOON;

        @Override
        public ToolRunResult run(ToolRunOrder order) {
            Workflow.await(() -> false);
            throw new AssertionError("unreachable");
        }

        @Override
        public ToolRunProgress progress() {
            return new ToolRunProgress(ToolRunState.RUNNING, NOON, NOON, deadline, null);
        }

        @Override
        public void admitted() {}

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

    @BeforeEach
    void start() {
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build())
                .build());
        temporal.newWorker(QUEUE).registerWorkflowImplementationTypes(Patient.class);
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
    void a_run_that_never_was_is_no_failure() {
        assertThat(runs.progress("none")).isEmpty();
        assertThat(runs.cancel("none")).isFalse();
        assertThat(runs.extend("none", Duration.ofMinutes(1))).isEqualTo(new TaskRuns.Extension.Ended());
    }

    private static ToolRunOrder order() {
        Event event = Event.root(
                new EventId("one"),
                "order.created",
                "shop",
                NOON,
                NOON,
                new Owner("aliceaaaaaaa", "alice"),
                null,
                Metadata.empty(),
                null);
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
                null);
        return new ToolRunOrder("one.count", event, tool, null);
    }
}
