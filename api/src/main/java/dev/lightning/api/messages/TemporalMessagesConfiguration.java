package dev.lightning.api.messages;

import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the inbox that knows that deliveries run on Temporal. */
@Configuration(proxyBeanMethods = false)
class TemporalMessagesConfiguration {
    @Bean
    Deliveries deliveries(WorkflowClient client) {
        return new TemporalDeliveries(client);
    }
}
