package dev.lightning.app;

import dev.lightning.workers.ProcessQueue;
import dev.lightning.workers.WorkerLifecycle;
import dev.lightning.workers.WorkerPools;
import dev.lightning.workers.WorkerSettings;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolRunActivities;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The workers of this process, from the activities that the other configurations make. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsWorkers.class)
class WorkersConfiguration {
    @Bean
    ProcessQueue processQueue() {
        return ProcessQueue.unique();
    }

    @Bean
    WorkerPools workerPools(
            WorkerSettings settings,
            ProcessQueue ours,
            EventActivities events,
            ChatActivities chat,
            NotificationActivities notifications,
            HousekeepingActivities housekeeping,
            ToolActivities tools,
            ToolRunActivities toolRuns,
            SweepActivities sweep) {
        return WorkerPools.of(
                settings.queues(), ours, events, chat, notifications, housekeeping, tools, toolRuns, sweep);
    }

    @Bean
    WorkerLifecycle workerLifecycle(WorkflowClient client, WorkerPools pools, WorkerSettings settings) {
        return new WorkerLifecycle(client, pools, settings);
    }
}
