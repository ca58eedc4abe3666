package dev.lightning.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.housekeeping.Expiry;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.housekeeping.Removed;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.NotificationActivities;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerPoolsTest {
    private static final List<String> EVERY_QUEUE = List.of("lightning-events", "lightning-llm", "lightning-notify");

    @Test
    void the_events_pool_tells_every_story_and_can_do_everything_itself() {
        WorkerPool events = pool("lightning-events");

        assertThat(events.workflowTypes()).containsExactly("Delivery", "Event", "Housekeeping");
        assertThat(events.activityTypes())
                .containsExactly(
                        "Chat.Reply",
                        "Event.RecordArrival",
                        "Event.RecordOutcome",
                        "Housekeeping.RemoveExpired",
                        "Notification.Announce",
                        "Notification.Deliver");
    }

    @Test
    void the_model_pool_only_asks_the_model() {
        WorkerPool model = pool("lightning-llm");

        assertThat(model.workflowTypes()).isEmpty();
        assertThat(model.activityTypes()).containsExactly("Chat.Reply");
    }

    @Test
    void the_notify_pool_only_delivers() {
        WorkerPool notify = pool("lightning-notify");

        assertThat(notify.workflowTypes()).isEmpty();
        assertThat(notify.activityTypes()).containsExactly("Notification.Announce", "Notification.Deliver");
    }

    @Test
    void a_process_has_only_the_pools_that_its_settings_name() {
        assertThat(pools(List.of("lightning-llm")).queues()).containsExactly("lightning-llm");
        assertThat(pools(EVERY_QUEUE).queues()).containsExactlyElementsOf(EVERY_QUEUE);
    }

    private static WorkerPool pool(String queue) {
        return pools(EVERY_QUEUE).pools().stream()
                .filter(pool -> pool.queue().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    private static WorkerPools pools(List<String> queues) {
        return WorkerPools.of(
                queues, new IdleEvents(), new IdleChat(), new IdleNotifications(), new IdleHousekeeping());
    }

    private static final class IdleEvents implements EventActivities {
        @Override
        public void recordArrival(Event event) {}

        @Override
        public void recordOutcome(RunRecord run) {}
    }

    private static final class IdleChat implements ChatActivities {
        @Override
        public ChatReply reply(Event chat) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class IdleNotifications implements NotificationActivities {
        @Override
        public DeliveryReply announce(Announcement announcement) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DeliveryReply deliver(Announcement announcement) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class IdleHousekeeping implements HousekeepingActivities {
        @Override
        public Removed removeExpired(Expiry expiry) {
            throw new UnsupportedOperationException();
        }
    }
}
