package dev.lightning.api.events;

import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the events edge that knows that the workflows run on Temporal. */
@Configuration(proxyBeanMethods = false)
class TemporalEventsConfiguration {
    @Bean
    EventRuns eventRuns(WorkflowClient client) {
        return new TemporalEventRuns(client);
    }

    @Bean
    TemporalLinks temporalLinks(WorkflowClient client, EventSettings settings) {
        return new TemporalLinks(settings.temporalUi(), client.getOptions().getNamespace());
    }
}
