package dev.lightning.api.tasks;

import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.tools.ToolSettings;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.TaskRows;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the tasks edge together; the rows of tasks and events, the blobs, the settings of tools and Temporal's client come from outside. */
@Configuration(proxyBeanMethods = false)
@Import({
    TaskController.class,
    ApprovalController.class,
    TaskContentController.class,
    TaskLogController.class,
    TemporalTasksConfiguration.class,
    WorkerTaskCheck.class
})
public class TasksConfiguration {
    @Bean
    Tasks tasks(TaskRows rows, EventRows events, TaskRuns runs, PageTokens tokens, ToolSettings settings) {
        return new Tasks(rows, events, runs, tokens, settings.maxTimeout());
    }

    /** A process without runtimes sees no run, only what was collected. */
    @Bean
    TaskLogs taskLogs(Tasks tasks, BlobStore blobs, ObjectProvider<LiveOutput> live) {
        return new TaskLogs(tasks, blobs, live.getIfAvailable(() -> LiveOutput.NONE));
    }

    @Bean
    Approvals approvals(Tasks tasks, TaskRuns runs) {
        return new Approvals(tasks, runs);
    }

    @Bean
    KeptContent keptContent(BlobStore blobs) {
        return new KeptContent(blobs);
    }
}
