package dev.lightning.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.FailedTry;
import dev.lightning.workflows.chat.QuickReply;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.housekeeping.Expiry;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.housekeeping.Removed;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.tools.Observation;
import dev.lightning.workflows.tools.ReplicaLimit;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.SweepReport;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolMatches;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunBeginning;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkerPoolsTest {
    private static final List<String> EVERY_QUEUE =
            List.of("lightning-events", "lightning-llm", "lightning-notify", "lightning-tools");
    private static final ProcessQueue OURS = ProcessQueue.unique();

    @Test
    void the_events_pool_tells_every_story_and_can_do_everything_but_run_tools() {
        WorkerPool events = pool("lightning-events");

        assertThat(events.workflowTypes())
                .containsExactly("Delivery", "Event", "Housekeeping", "RunQueue", "SweepOrphans", "ToolRun");
        assertThat(events.activityTypes())
                .containsExactly(
                        "Chat.QuickReply",
                        "Chat.Reply",
                        "Event.RecordArrival",
                        "Event.RecordOutcome",
                        "Housekeeping.RemoveExpired",
                        "Notification.Announce",
                        "Notification.Deliver",
                        "Tool.BeginRun",
                        "Tool.EnterQueue",
                        "Tool.Match",
                        "Tool.OpenRuns",
                        "Tool.RecordRun",
                        "Tool.Replicas");
    }

    @Test
    void the_tools_pool_is_where_an_engine_can_be_reached() {
        WorkerPool tools = pool("lightning-tools");

        assertThat(tools.workflowTypes()).isEmpty();
        assertThat(tools.activityTypes())
                .containsExactly(
                        "ToolRun.Collect",
                        "ToolRun.Observe",
                        "ToolRun.Provision",
                        "ToolRun.Remove",
                        "ToolRun.Stop",
                        "ToolRun.Sweep");
    }

    @Test
    void the_model_pool_only_asks_the_model() {
        WorkerPool model = pool("lightning-llm");

        assertThat(model.workflowTypes()).isEmpty();
        assertThat(model.activityTypes()).containsExactly("Chat.QuickReply", "Chat.Reply");
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

    @Test
    void what_is_under_way_in_a_process_is_waited_for_there() {
        assertThat(pools(List.of("lightning-events")).pools())
                .extracting(WorkerPool::queue)
                .containsExactly("lightning-events", OURS.name());
        assertThat(ProcessQueue.unique()).isNotEqualTo(OURS);
    }

    private static WorkerPool pool(String queue) {
        return pools(EVERY_QUEUE).pools().stream()
                .filter(pool -> pool.queue().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    private static WorkerPools pools(List<String> queues) {
        return WorkerPools.of(
                queues,
                OURS,
                new IdleEvents(),
                new IdleChat(),
                new IdleNotifications(),
                new IdleHousekeeping(),
                new IdleTools(),
                new IdleToolRuns(),
                new IdleSweep());
    }

    private static final class IdleEvents implements EventActivities {
        @Override
        public void recordArrival(Event event) {}

        @Override
        public void recordOutcome(RunRecord run) {}
    }

    private static final class IdleChat implements ChatActivities {
        @Override
        public ChatReply reply(Event chat, @Nullable ChatExchange soFar, @Nullable FailedTry tried) {
            throw new UnsupportedOperationException();
        }

        @Override
        public QuickReply quickReply(Event chat) {
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

    private static final class IdleTools implements ToolActivities {
        @Override
        public ToolMatches match(Event event) {
            return ToolMatches.NONE;
        }

        @Override
        public ToolRunBeginning beginRun(ToolRunRecord run) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void enterQueue(ToolRunOrder order) {}

        @Override
        public List<String> openRuns(List<String> workflowIds) {
            return workflowIds;
        }

        @Override
        public List<ReplicaLimit> replicas(String toolOwnerKey, List<String> tools) {
            return List.of();
        }

        @Override
        public void recordRun(ToolRunRecord run) {}
    }

    private static final class IdleToolRuns implements ToolRunActivities {
        @Override
        public Observation provision(ToolRunOrder order, int interruptions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Observation observe(ToolRunRef run, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop(ToolRunRef run) {}

        @Override
        public ToolOutput collect(ToolRunOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration remove(ToolRunRef run) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class IdleSweep implements SweepActivities {
        @Override
        public SweepReport sweep() {
            return new SweepReport(0, 0);
        }
    }
}
