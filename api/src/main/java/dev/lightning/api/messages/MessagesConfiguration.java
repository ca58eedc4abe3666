package dev.lightning.api.messages;

import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
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

    @Bean
    MessageStreams messageStreams(MessageRows rows, LiveStream live, MessageStreamSettings settings, Clock clock) {
        return new MessageStreams(rows, live, settings, clock);
    }
}
