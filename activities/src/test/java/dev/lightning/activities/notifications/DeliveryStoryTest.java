package dev.lightning.activities.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.inprocess.InProcessLiveStream;
import dev.lightning.providers.webhook.Webhook;
import dev.lightning.providers.webhook.WebhookMessage;
import dev.lightning.providers.webhook.WebhookResult;
import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.DeliveryWorkflow;
import dev.lightning.workflows.notifications.DeliveryWorkflowId;
import dev.lightning.workflows.notifications.DeliveryWorkflowImpl;
import dev.lightning.workflows.notifications.NotificationPolicy;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way of a message with the real activities: at once, within its event, and for a day and a half after it. */
@Timeout(60)
class DeliveryStoryTest {
    private static final Owner ALICE = new Owner("alicekey2345", "alice");
    private static final Event MESSAGE = Event.root(
            new EventId("e1"),
            "user.message",
            "cli",
            Instant.parse("2026-11-21T10:00:00Z"),
            Instant.parse("2026-11-21T10:00:00Z"),
            ALICE,
            null,
            Metadata.empty(),
            null);

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Wire.plain())
                            .build())
                    .registerSearchAttribute(
                            EventAttributes.TYPE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .registerSearchAttribute(
                            EventAttributes.USER.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .registerSearchAttribute(
                            EventAttributes.STATUS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());
    private final MessageRows rows = new MessageRows(new InMemoryEntityStore(), new InMemoryBlobStore(), () -> now());
    private final FailingReceiver receiver = new FailingReceiver();
    private final LastReport report = new LastReport();

    @BeforeEach
    void start() {
        NotificationActivitiesImpl notifications = new NotificationActivitiesImpl(
                rows, new InMemoryBlobStore(), new InProcessLiveStream(), receiver, RandomGenerator.getDefault());
        Worker events = temporal.newWorker(TaskQueues.EVENTS);
        events.registerWorkflowImplementationTypes(DeliveryWorkflowImpl.class);
        events.registerWorkflowImplementationFactory(EventWorkflow.class, BuiltinHandlers::newEventWorkflow);
        events.registerActivitiesImplementations(notifications, report);
        temporal.newWorker(TaskQueues.NOTIFY).registerActivitiesImplementations(notifications);
        temporal.start();
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void a_receiver_that_is_there_hears_once() {
        receiver.failures = 0;

        assertThat(run().status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(receiver.calls).hasSize(1);
        assertThat(step().state()).isEqualTo(StepState.DONE);
        assertThat(row().delivery()).isEqualTo("DELIVERED");
    }

    @Test
    void a_receiver_that_was_away_for_a_moment_hears_within_the_event() {
        receiver.failures = 2;

        assertThat(run().status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(receiver.calls).hasSize(3);
        assertThat(step().state()).isEqualTo(StepState.DONE);
        assertThat(step().attempts()).isEqualTo(3);
        assertThat(step().lastError()).isEqualTo("answered 503");
        assertThat(row().attempts()).isEqualTo(3);
    }

    @Test
    void after_a_minute_the_event_ends_and_the_delivery_goes_on_with_the_gaps_where_they_were() {
        receiver.failures = 6;

        assertThat(run().status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(step().state()).isEqualTo(StepState.HANDED_OVER);
        assertThat(step().attempts()).isEqualTo(3);
        assertThat(delivery()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(receiver.calls).hasSize(7);
        assertGapsAreThePolicys();
    }

    @Test
    void a_receiver_that_never_comes_back_is_given_up_after_the_last_attempt() {
        receiver.failures = Integer.MAX_VALUE;

        run();

        assertThat(delivery()).isEqualTo(DeliveryState.NOTIFY_FAILED);
        assertThat(receiver.calls).hasSize(NotificationPolicy.MAX_ATTEMPTS);
        assertThat(receiver.bodies.stream().distinct()).hasSize(1);
        assertThat(row().delivery()).isEqualTo("NOTIFY_FAILED");
        assertThat(row().attempts()).isEqualTo(NotificationPolicy.MAX_ATTEMPTS);
        assertGapsAreThePolicys();
    }

    private void assertGapsAreThePolicys() {
        for (int attempt = 1; attempt < receiver.calls.size(); attempt++) {
            Duration gap = Duration.between(receiver.calls.get(attempt - 1), receiver.calls.get(attempt));
            Duration meant = NotificationPolicy.gapAfter(attempt);
            assertThat(gap)
                    .as("the gap after attempt %d", attempt)
                    .isBetween(
                            meant.multipliedBy(79).dividedBy(100),
                            meant.multipliedBy(121).dividedBy(100).plusSeconds(2));
        }
    }

    private EventOutcome run() {
        EventWorkflow workflow = temporal.getWorkflowClient()
                .newWorkflowStub(
                        EventWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("event-alicekey2345-e1")
                                .setTaskQueue(TaskQueues.EVENTS)
                                .build());
        return workflow.handle(new EventSubmission(MESSAGE, null, null, null, null));
    }

    private DeliveryState delivery() {
        return WorkflowStub.fromTyped(temporal.getWorkflowClient()
                        .newWorkflowStub(DeliveryWorkflow.class, DeliveryWorkflowId.of(MESSAGE)))
                .getResult(DeliveryState.class);
    }

    private Step step() {
        return report.last.steps().getFirst();
    }

    private MessageRow row() {
        return rows.find(ALICE.key(), "e1").orElseThrow();
    }

    private Instant now() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    /** Answers 503 so many times, then accepts. */
    private final class FailingReceiver implements Webhook {
        private final List<Instant> calls = new CopyOnWriteArrayList<>();
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private volatile int failures;

        @Override
        public WebhookResult post(WebhookMessage message) {
            calls.add(now());
            bodies.add(message.body());
            return calls.size() <= failures
                    ? new WebhookResult.Failed("answered 503")
                    : new WebhookResult.Accepted(200);
        }
    }

    /** Remembers what the event's workflow reported at its end. */
    private static final class LastReport implements EventActivities {
        private volatile EventReport last;

        @Override
        public void recordArrival(Event event) {}

        @Override
        public void recordOutcome(RunRecord run) {
            last = run.report();
        }
    }
}
