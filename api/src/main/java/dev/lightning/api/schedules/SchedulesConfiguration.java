package dev.lightning.api.schedules;

import dev.lightning.api.events.EventSettings;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the schedules together; their rows, settings and Temporal's client come from outside. */
@Configuration(proxyBeanMethods = false)
@Import({
    ScheduleController.class,
    ScheduleControlController.class,
    ScheduleReader.class,
    Schedules.class,
    ScheduleControls.class
})
public class SchedulesConfiguration {
    @Bean
    TemporalCronSchedules cronSchedules(WorkflowClient client, EventSettings events) {
        return new TemporalCronSchedules(client, events.modelQueue());
    }

    @Bean
    TemporalOneShots oneShots(WorkflowClient client) {
        return new TemporalOneShots(client);
    }
}
