package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.admission.Urgency;
import dev.lightning.api.events.RunState;
import dev.lightning.api.events.TemporalEventRuns;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.testing.RealTemporal;
import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatHandler;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.FailedTry;
import dev.lightning.workflows.chat.QuickReply;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.events.Handled;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.notifications.NotificationHandler;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Releases that are wrong: what their events look like meanwhile, and how they end. */
class DefectsTest {
    private static final Owner ALICE = OwnerKeys.builtIn("alice");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AFTER_BACK_OFF = Duration.ofSeconds(120);

    private static RealTemporal temporal;
    private static WorkflowClient client;
    private static TemporalEventRuns runs;

    @BeforeAll
    static void start() {
        temporal = RealTemporal.start(EventAttributes.ALL.stream()
                .map(attribute -> attribute.getName())
                .toList());
        client = WorkflowClient.newInstance(
                temporal.stubs(),
                WorkflowClientOptions.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setDataConverter(Wire.plain())
                        .build());
        runs = new TemporalEventRuns(client);
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            temporal.close();
        }
    }

    @Test
    void an_event_that_another_release_cannot_replay_is_stuck_and_completes_after_the_fix() {
        EventSubmission submission = chat("stuck-1");
        BusyModel busy = new BusyModel();
        try (Release _ = Release.of(BuiltinHandlers::newEventWorkflow, busy)) {
            runs.start(submission, Urgency.NORMAL);
            await().atMost(SOON).until(() -> busy.asked.getCount() == 0);
        }

        try (Release _ = Release.of(
                () -> new EventWorkflowImpl(List.of(new Sleepy()), () -> _ -> List.of()), new ReadyModel())) {
            await().atMost(AFTER_BACK_OFF)
                    .untilAsserted(() -> assertThat(state(submission))
                            .isInstanceOfSatisfying(
                                    RunState.Open.class,
                                    open -> assertThat(open.stuck()).isTrue()));
        }
        assertThat(state(submission)).isInstanceOf(RunState.Open.class);

        try (Release _ = Release.of(BuiltinHandlers::newEventWorkflow, new ReadyModel())) {
            await().atMost(AFTER_BACK_OFF)
                    .untilAsserted(() -> assertThat(state(submission))
                            .isInstanceOfSatisfying(
                                    RunState.Closed.class,
                                    closed -> assertThat(closed.status()).isEqualTo(EventStatus.COMPLETED)));
        }
    }

    @Test
    void a_bug_in_a_handler_ends_the_event_failed_at_once() {
        EventSubmission submission = chat("bug-1");
        try (Release _ =
                Release.of(() -> new EventWorkflowImpl(List.of(new Buggy()), () -> _ -> List.of()), new ReadyModel())) {
            runs.start(submission, Urgency.NORMAL);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(state(submission))
                            .isInstanceOfSatisfying(RunState.Closed.class, closed -> {
                                assertThat(closed.status()).isEqualTo(EventStatus.FAILED);
                                assertThat(closed.reason()).isNotNull();
                                assertThat(closed.reason().code()).isEqualTo("internal");
                            }));
        }
    }

    private static RunState state(EventSubmission submission) {
        return runs.state(ALICE, submission.event().id());
    }

    private static EventSubmission chat(String id) {
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        Metadata metadata = Metadata.of(Map.of("prompt", "Say hello"));
        return new EventSubmission(
                Event.root(new EventId(id), "llm.chat", "faults", now, now, ALICE, null, metadata, null),
                null,
                null,
                null,
                null);
    }

    /** One worker build, as long as it is deployed. */
    private record Release(WorkerFactory workers) implements AutoCloseable {
        static Release of(Func<EventWorkflow> eventWorkflow, ChatActivities chat) {
            WorkerFactory workers = WorkerFactory.newInstance(client);
            Worker worker = workers.newWorker(TaskQueues.EVENTS);
            worker.registerWorkflowImplementationFactory(EventWorkflow.class, eventWorkflow);
            worker.registerActivitiesImplementations(chat, new NoRows(), new NoReceiver());
            workers.start();
            return new Release(workers);
        }

        @Override
        public void close() {
            workers.shutdown();
            workers.awaitTermination(20, TimeUnit.SECONDS);
        }
    }

    /** A model that has no time for now, so that the step is still open when the release changes. */
    private static final class BusyModel implements ChatActivities {
        private final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public ChatReply reply(Event chat, @Nullable ChatExchange soFar, @Nullable FailedTry tried) {
            asked.countDown();
            throw ApplicationFailure.newBuilder()
                    .setType(ChatFailure.UNAVAILABLE.type())
                    .setMessage("busy")
                    .setNextRetryDelay(Duration.ofSeconds(2))
                    .build();
        }

        @Override
        public QuickReply quickReply(Event chat) {
            return QuickReply.failed(new FailedTry(ChatFailure.UNAVAILABLE, "busy", 2_000L));
        }
    }

    private static final class ReadyModel implements ChatActivities {
        @Override
        public ChatReply reply(Event chat, @Nullable ChatExchange soFar, @Nullable FailedTry tried) {
            return new ChatReply(Metadata.of(Map.of("reply", "hello")), null, Attempts.FIRST, null);
        }

        @Override
        public QuickReply quickReply(Event chat) {
            return QuickReply.answered(reply(chat, null, null));
        }
    }

    private static final class NoRows implements EventActivities {
        @Override
        public void recordArrival(Event event) {}

        @Override
        public void recordOutcome(RunRecord run) {}
    }

    private static final class NoReceiver implements NotificationActivities {
        @Override
        public DeliveryReply announce(Announcement announcement) {
            return new DeliveryReply(DeliveryState.SKIPPED, Attempts.FIRST);
        }

        @Override
        public DeliveryReply deliver(Announcement announcement) {
            return announce(announcement);
        }
    }

    /** A change that no old history fits: a timer where the model call was. */
    private static final class Sleepy implements EventHandler {
        private final EventHandler chat = new ChatHandler();

        @Override
        public boolean handles(String type) {
            return chat.handles(type);
        }

        @Override
        public String step() {
            return chat.step();
        }

        @Override
        public Handled handle(Event event, EventSubmission submission) {
            Workflow.sleep(Duration.ofMillis(1));
            return chat.handle(event, submission);
        }
    }

    private static final class Buggy implements EventHandler {
        @Override
        public boolean handles(String type) {
            return !new NotificationHandler().handles(type);
        }

        @Override
        public String step() {
            return "buggy";
        }

        @Override
        public Handled handle(Event event, EventSubmission submission) {
            throw new NullPointerException("a bug");
        }
    }
}
