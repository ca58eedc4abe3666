package dev.lightning.api.messages;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the inbox together: reading, watching and sending again. */
@Configuration(proxyBeanMethods = false)
@Import({MessageController.class, MessageStreamController.class, TemporalMessagesConfiguration.class})
public class MessagesConfiguration {}
