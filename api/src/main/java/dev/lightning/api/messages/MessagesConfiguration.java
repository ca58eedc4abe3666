package dev.lightning.api.messages;

import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the inbox together: reading, watching and sending again. */
@Configuration(proxyBeanMethods = false)
@Import({MessageController.class, MessageStreamController.class})
public class MessagesConfiguration {
    @Bean
    Deliveries deliveries(WorkflowClient client) {
        return new TemporalDeliveries(client);
    }
}
