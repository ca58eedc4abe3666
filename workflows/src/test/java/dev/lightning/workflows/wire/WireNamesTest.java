package dev.lightning.workflows.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflow;
import dev.lightning.workflows.notifications.DeliveryWorkflow;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.SweepWorkflow;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunWorkflow;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that histories and other processes know us by; a rename here orphans running work. */
class WireNamesTest {
    @Test
    void workflows_keep_their_names() {
        assertThat(Stream.of(
                                EventWorkflow.class,
                                DeliveryWorkflow.class,
                                HousekeepingWorkflow.class,
                                ToolRunWorkflow.class,
                                SweepWorkflow.class,
                                RunQueueWorkflow.class)
                        .flatMap(WireNamesTest::workflowNames))
                .containsExactlyInAnyOrder(
                        "EventWorkflow WORKFLOW Event",
                        "EventWorkflow QUERY progress",
                        "EventWorkflow UPDATE reschedule",
                        "EventWorkflow UPDATE cancel",
                        "DeliveryWorkflow WORKFLOW Delivery",
                        "HousekeepingWorkflow WORKFLOW Housekeeping",
                        "ToolRunWorkflow WORKFLOW ToolRun",
                        "ToolRunWorkflow QUERY progress",
                        "ToolRunWorkflow QUERY event",
                        "ToolRunWorkflow SIGNAL admitted",
                        "ToolRunWorkflow UPDATE extendDeadline",
                        "ToolRunWorkflow UPDATE approve",
                        "ToolRunWorkflow UPDATE reject",
                        "SweepWorkflow WORKFLOW SweepOrphans",
                        "RunQueueWorkflow WORKFLOW RunQueue",
                        "RunQueueWorkflow SIGNAL enter",
                        "RunQueueWorkflow SIGNAL leave",
                        "RunQueueWorkflow SIGNAL definitionChanged",
                        "RunQueueWorkflow QUERY state");
    }

    @Test
    void activities_keep_their_names() {
        assertThat(Stream.of(
                                EventActivities.class,
                                ChatActivities.class,
                                NotificationActivities.class,
                                HousekeepingActivities.class,
                                ToolActivities.class,
                                ToolRunActivities.class,
                                SweepActivities.class)
                        .flatMap(type -> POJOActivityInterfaceMetadata.newInstance(type).getMethodsMetadata().stream())
                        .map(method -> method.getActivityTypeName()))
                .containsExactlyInAnyOrder(
                        "Event.RecordArrival",
                        "Event.RecordOutcome",
                        "Chat.Reply",
                        "Chat.QuickReply",
                        "Notification.Announce",
                        "Notification.Deliver",
                        "Housekeeping.RemoveExpired",
                        "Tool.Match",
                        "Tool.BeginRun",
                        "Tool.RecordRun",
                        "Tool.EnterQueue",
                        "Tool.OpenRuns",
                        "Tool.Replicas",
                        "ToolRun.Provision",
                        "ToolRun.Observe",
                        "ToolRun.Stop",
                        "ToolRun.Collect",
                        "ToolRun.Remove",
                        "ToolRun.Sweep");
    }

    @Test
    void queues_and_search_attributes_keep_their_names() {
        assertThat(List.of(TaskQueues.EVENTS, TaskQueues.LLM, TaskQueues.NOTIFY, TaskQueues.TOOLS))
                .containsExactly("lightning-events", "lightning-llm", "lightning-notify", "lightning-tools");
        assertThat(TaskQueues.ofProcess("one")).isEqualTo("lightning-llm@one");
        assertThat(EventAttributes.ALL)
                .extracting(key -> key.getName())
                .containsExactly("LxEventType", "LxUser", "LxStatus");
    }

    private static Stream<String> workflowNames(Class<?> type) {
        return POJOWorkflowInterfaceMetadata.newInstance(type).getMethodsMetadata().stream()
                .filter(method -> !method.getType().name().equals("UPDATE_VALIDATOR"))
                .map(method -> type.getSimpleName() + " " + method.getType() + " " + method.getName());
    }
}
