package dev.lightning.app;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.activities.tools.OpenWorkflows;
import dev.lightning.activities.tools.OutputCollector;
import dev.lightning.activities.tools.SweepActivitiesImpl;
import dev.lightning.activities.tools.ToolRunActivitiesImpl;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.ToolRunActivities;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** How tools run: the runtimes that the settings allow, and the activities on them. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsWorkers.class)
class ToolsConfiguration {
    @Bean
    ToolRunActivities toolRunActivities(List<ToolRuntime> runtimes, BlobStore blobs) {
        return new ToolRunActivitiesImpl(
                "instance", runtimes, _ -> Map.of(), new EventDocuments(blobs), new OutputCollector(blobs));
    }

    @Bean
    SweepActivities sweepActivities(List<ToolRuntime> runtimes, WorkflowClient client) {
        return new SweepActivitiesImpl(runtimes, new OpenWorkflows(client));
    }
}
