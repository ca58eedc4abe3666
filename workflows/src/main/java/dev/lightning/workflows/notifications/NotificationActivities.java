package dev.lightning.workflows.notifications;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Keeps every outgoing message readable and carries it to {@code NOTIFY_URL} when that is set. */
@ActivityInterface
public interface NotificationActivities {
    /** Keeps the message, shows it on the live stream and tries once to deliver it; never throws for a failed delivery. */
    @ActivityMethod(name = "Notification.Announce")
    DeliveryReply announce(Announcement announcement);

    /** Delivers the message; throws, with the gap to the next attempt, until the last attempt has failed. */
    @ActivityMethod(name = "Notification.Deliver")
    DeliveryReply deliver(Announcement announcement);
}
