package dev.lightning.api.tasks;

import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.tools.ToolSettings;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.TaskRows;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the tasks edge together; the rows, the blobs, the settings of tools and Temporal's client come from outside. */
@Configuration(proxyBeanMethods = false)
@Import({TaskController.class, TaskContentController.class, TemporalTasksConfiguration.class, WorkerTaskCheck.class})
public class TasksConfiguration {
    @Bean
    Tasks tasks(TaskRows rows, TaskRuns runs, PageTokens tokens, ToolSettings settings) {
        return new Tasks(rows, runs, tokens, settings.maxTimeout());
    }

    @Bean
    KeptContent keptContent(BlobStore blobs) {
        return new KeptContent(blobs);
    }
}
