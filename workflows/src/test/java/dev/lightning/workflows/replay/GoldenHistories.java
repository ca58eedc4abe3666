package dev.lightning.workflows.replay;

import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflowImpl;
import dev.lightning.workflows.notifications.DeliveryWorkflowImpl;
import dev.lightning.workflows.tools.RunQueueWorkflowImpl;
import dev.lightning.workflows.tools.SweepWorkflowImpl;
import dev.lightning.workflows.tools.ToolRunWorkflowImpl;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Functions.Func;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorded runs of earlier releases, and a worker that replays them. */
final class GoldenHistories {
    private static final Path FOLDER = Path.of("src/test/resources/histories");

    private GoldenHistories() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    static Path of(String name) {
        return FOLDER.resolve(name + ".json");
    }

    /** Throws what the replay found, its root cause in the message. */
    static void replay(Path file, Func<EventWorkflow> eventWorkflow) throws Exception {
        WorkflowExecutionHistory history = WorkflowExecutionHistory.fromJson(Files.readString(file));
        try (TestWorkflowEnvironment environment =
                TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                        .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                                .setDataConverter(Wire.plain())
                                .build())
                        .build())) {
            Worker worker = environment.newWorker("replay");
            worker.registerWorkflowImplementationFactory(EventWorkflow.class, eventWorkflow);
            worker.registerWorkflowImplementationTypes(
                    DeliveryWorkflowImpl.class,
                    HousekeepingWorkflowImpl.class,
                    RunQueueWorkflowImpl.class,
                    SweepWorkflowImpl.class,
                    ToolRunWorkflowImpl.class);
            worker.replayWorkflowExecution(history);
        } catch (Exception broken) {
            throw new AssertionError(file.getFileName() + " no longer replays: " + rootCause(broken), broken);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
