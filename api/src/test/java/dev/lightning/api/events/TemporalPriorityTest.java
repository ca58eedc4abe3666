package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.admission.Urgency;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Priorities on a server of the kind and configuration that the product owns: events that wait for a worker. */
class TemporalPriorityTest {
    private static final int MANY = 40;
    private static final Owner FLOOD = OwnerKeys.builtIn("flood");
    private static final Owner ALICE = OwnerKeys.builtIn("alice");
    private static final Queue<String> HANDLED = new ConcurrentLinkedQueue<>();

    @Test
    void a_chat_that_came_last_is_handed_out_before_what_waits_in_arrays() {
        List<String> attributes =
                EventAttributes.ALL.stream().map(key -> key.getName()).toList();
        try (RealTemporal temporal = RealTemporal.start(attributes, List.of("matching.useNewMatcher=true"))) {
            WorkflowClient client = WorkflowClient.newInstance(
                    temporal.stubs(),
                    WorkflowClientOptions.newBuilder()
                            .setNamespace(temporal.namespace())
                            .setDataConverter(Wire.plain())
                            .build());
            TemporalEventRuns runs = new TemporalEventRuns(client);
            for (int n = 0; n < MANY; n++) {
                start(runs, FLOOD, "batch-" + n, Urgency.BATCH);
            }
            start(runs, ALICE, "chat", Urgency.INTERACTIVE);

            WorkerFactory workers = oneAtATime(client);
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> HANDLED.size() == MANY + 1);
            } finally {
                workers.shutdownNow();
            }
        }
        assertThat(List.copyOf(HANDLED).indexOf("chat")).isLessThan(MANY / 2);
    }

    private static void start(TemporalEventRuns runs, Owner owner, String id, Urgency urgency) {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        Event event = Event.root(new EventId(id), "test", "test", now, now, owner, null, Metadata.empty(), null);
        assertThat(runs.start(new EventSubmission(event, null, null, null, false), urgency))
                .isInstanceOf(RunStart.Persisted.class);
    }

    private static WorkerFactory oneAtATime(WorkflowClient client) {
        WorkerFactory workers = WorkerFactory.newInstance(client);
        workers.newWorker(
                        TaskQueues.EVENTS,
                        WorkerOptions.newBuilder()
                                .setMaxConcurrentWorkflowTaskPollers(2)
                                .setMaxConcurrentWorkflowTaskExecutionSize(2)
                                .build())
                .registerWorkflowImplementationTypes(Noted.class);
        workers.start();
        return workers;
    }

    /** Only notes that its turn has come. */
    public static final class Noted implements EventWorkflow {
        @Override
        public EventOutcome handle(EventSubmission submission) {
            HANDLED.add(submission.event().id().value());
            return new EventOutcome(EventStatus.COMPLETED, null);
        }

        @Override
        public EventReport progress() {
            return new EventReport(EventStatus.RUNNING, null, null, List.of(), List.of());
        }

        @Override
        public void reschedule(Instant due) {}

        @Override
        public void mayReschedule(Instant due) {}

        @Override
        public void cancel() {}

        @Override
        public void mayCancel() {}
    }
}
