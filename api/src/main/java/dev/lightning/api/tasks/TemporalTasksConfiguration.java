package dev.lightning.api.tasks;

import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the tasks edge that knows that the runs are on Temporal. */
@Configuration(proxyBeanMethods = false)
class TemporalTasksConfiguration {
    @Bean
    TaskRuns taskRuns(WorkflowClient client) {
        return new TemporalTaskRuns(client);
    }
}
