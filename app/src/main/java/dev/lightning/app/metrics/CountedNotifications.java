package dev.lightning.app.metrics;

import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.NotificationActivities;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts where messages come to stand, {@code lightning_messages_total} by delivery, so that an alarm can watch NOTIFY_FAILED. */
public record CountedNotifications(NotificationActivities counted, MeterRegistry registry)
        implements NotificationActivities {
    @Override
    public DeliveryReply announce(Announcement announcement) {
        return count(counted.announce(announcement));
    }

    @Override
    public DeliveryReply deliver(Announcement announcement) {
        return count(counted.deliver(announcement));
    }

    private DeliveryReply count(DeliveryReply reply) {
        registry.counter("lightning.messages", "delivery", reply.state().name()).increment();
        return reply;
    }
}
