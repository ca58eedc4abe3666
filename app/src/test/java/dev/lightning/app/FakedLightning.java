package dev.lightning.app;

import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.NotificationActivities;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The product with activities that do nothing, for tests of how the process starts and ends. */
@Configuration(proxyBeanMethods = false)
public class FakedLightning {
    public static void main(String[] arguments) {
        Launch.of(LightningApplication.class, FakedLightning.class).run(arguments);
    }

    @Bean
    EventActivities eventActivities() {
        return new EventActivities() {
            @Override
            public void recordArrival(dev.lightning.workflows.events.Event event) {}

            @Override
            public void recordOutcome(RunRecord run) {}
        };
    }

    @Bean
    ChatActivities chatActivities() {
        return chat -> {
            throw new UnsupportedOperationException();
        };
    }

    @Bean
    NotificationActivities notificationActivities() {
        return new NotificationActivities() {
            @Override
            public DeliveryReply announce(Announcement announcement) {
                throw new UnsupportedOperationException();
            }

            @Override
            public DeliveryReply deliver(Announcement announcement) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
