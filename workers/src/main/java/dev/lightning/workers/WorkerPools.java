package dev.lightning.workers;

import dev.lightning.workers.WorkerPool.Story;
import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflow;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflowImpl;
import dev.lightning.workflows.notifications.DeliveryWorkflow;
import dev.lightning.workflows.notifications.DeliveryWorkflowImpl;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.RunQueueWorkflowImpl;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.SweepWorkflow;
import dev.lightning.workflows.tools.SweepWorkflowImpl;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunWorkflow;
import dev.lightning.workflows.tools.ToolRunWorkflowImpl;
import java.util.ArrayList;
import java.util.List;

/** The one table that says which worker of this process can do what, filtered by the queues it is to poll. */
public final class WorkerPools {
    private final List<WorkerPool> pools;

    WorkerPools(List<WorkerPool> pools) {
        this.pools = pools;
    }

    /** The table; {@code lightning-events} can do everything but run tools, because eager dispatch happens on its own queue only. */
    public static WorkerPools of(
            List<String> queues,
            ProcessQueue ours,
            EventActivities events,
            ChatActivities chat,
            NotificationActivities notifications,
            HousekeepingActivities housekeeping,
            ToolActivities tools,
            ToolRunActivities toolRuns,
            SweepActivities sweep) {
        List<WorkerPool> all = List.of(
                new WorkerPool(
                        TaskQueues.EVENTS,
                        List.of(
                                new Story<>(EventWorkflow.class, BuiltinHandlers::newEventWorkflow),
                                new Story<>(DeliveryWorkflow.class, DeliveryWorkflowImpl::new),
                                new Story<>(HousekeepingWorkflow.class, HousekeepingWorkflowImpl::new),
                                new Story<>(ToolRunWorkflow.class, ToolRunWorkflowImpl::new),
                                new Story<>(RunQueueWorkflow.class, RunQueueWorkflowImpl::new),
                                new Story<>(SweepWorkflow.class, SweepWorkflowImpl::new)),
                        List.of(events, chat, notifications, housekeeping, tools)),
                new WorkerPool(TaskQueues.LLM, List.of(), List.of(chat)),
                new WorkerPool(TaskQueues.NOTIFY, List.of(), List.of(notifications)),
                new WorkerPool(TaskQueues.TOOLS, List.of(), List.of(toolRuns, sweep)));
        List<WorkerPool> polled = new ArrayList<>(
                all.stream().filter(pool -> queues.contains(pool.queue())).toList());
        if (queues.contains(TaskQueues.EVENTS)) {
            polled.add(new WorkerPool(ours.name(), List.of(), List.of(chat)));
        }
        return new WorkerPools(polled);
    }

    /** The task queues that this process shares with others. */
    public List<String> queues() {
        return pools.stream()
                .map(WorkerPool::queue)
                .filter(TaskQueues.ALL::contains)
                .toList();
    }

    List<WorkerPool> pools() {
        return pools;
    }
}
