package dev.lightning.api.schedules;

import dev.lightning.api.events.EventSettings;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the schedules that knows that Temporal keeps their clock. */
@Configuration(proxyBeanMethods = false)
class TemporalSchedulesConfiguration {
    @Bean
    CronSchedules cronSchedules(WorkflowClient client, EventSettings events) {
        return new TemporalCronSchedules(client, events.modelQueue());
    }

    @Bean
    OneShots oneShots(WorkflowClient client) {
        return new TemporalOneShots(client);
    }
}
