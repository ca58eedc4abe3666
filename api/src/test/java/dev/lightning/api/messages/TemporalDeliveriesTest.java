package dev.lightning.api.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.api.temporal.TemporalCalls;
import dev.lightning.api.temporal.TemporalFailures;
import dev.lightning.api.temporal.UnreachableTemporal;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.DeliveryWorkflowId;
import dev.lightning.workflows.notifications.DeliveryWorkflowImpl;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TemporalDeliveriesTest {
    private static final Event MESSAGE = Event.root(
            new EventId("e1"),
            "user.message",
            "cli",
            Instant.EPOCH,
            Instant.EPOCH,
            OwnerKeys.builtIn("alice"),
            null,
            Metadata.empty(),
            null);

    @Test
    void without_temporal_the_caller_is_told_in_time() {
        try (UnreachableTemporal nobody = UnreachableTemporal.refusing()) {
            TemporalDeliveries deliveries = new TemporalDeliveries(nobody.client());
            Instant before = Instant.now();

            assertThatThrownBy(() -> deliveries.start(MESSAGE)).matches(TemporalFailures::isAway);
            assertThat(Duration.between(before, Instant.now())).isLessThan(TemporalCalls.PATIENCE.multipliedBy(2));
        }
    }

    @Test
    void there_is_one_delivery_at_a_time_and_another_after_it() throws InterruptedException {
        TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build())
                .build());
        CountingNotifications notifications = new CountingNotifications();
        temporal.newWorker(TaskQueues.EVENTS).registerWorkflowImplementationTypes(DeliveryWorkflowImpl.class);
        temporal.newWorker(TaskQueues.NOTIFY).registerActivitiesImplementations(notifications);
        TemporalDeliveries deliveries = new TemporalDeliveries(temporal.getWorkflowClient());

        assertThat(deliveries.start(MESSAGE)).isTrue();
        assertThat(deliveries.start(MESSAGE)).isFalse();
        temporal.start();
        assertThat(notifications.delivered.poll(30, TimeUnit.SECONDS)).isEqualTo(new Announcement(MESSAGE, 0));
        temporal.getWorkflowClient()
                .newUntypedWorkflowStub(DeliveryWorkflowId.of(MESSAGE))
                .getResult(DeliveryState.class);
        assertThat(deliveries.start(MESSAGE)).isTrue();
        assertThat(notifications.delivered.poll(30, TimeUnit.SECONDS)).isNotNull();

        temporal.close();
    }

    /** Delivers everything, and remembers what. */
    private static final class CountingNotifications implements NotificationActivities {
        private final BlockingQueue<Announcement> delivered = new LinkedBlockingQueue<>();

        @Override
        public DeliveryReply announce(Announcement announcement) {
            throw new IllegalStateException("Nobody announces in this test");
        }

        @Override
        public DeliveryReply deliver(Announcement announcement) {
            delivered.add(announcement);
            return new DeliveryReply(DeliveryState.DELIVERED, Attempts.FIRST);
        }
    }
}
