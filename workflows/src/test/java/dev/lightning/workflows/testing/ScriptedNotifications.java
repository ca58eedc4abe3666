package dev.lightning.workflows.testing;

import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.notifications.NotificationFailure;
import dev.lightning.workflows.notifications.NotificationPolicy;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that refuses as many attempts as the test wants, then accepts. */
public final class ScriptedNotifications implements NotificationActivities {
    public final List<Announcement> announced = new CopyOnWriteArrayList<>();
    public final List<Integer> attempts = new CopyOnWriteArrayList<>();

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger outages = new AtomicInteger();

    public void refuses(int times) {
        refusals.set(times);
    }

    /** The local attempt itself breaks this many times, as when the store is away. */
    public void breaks(int times) {
        outages.set(times);
    }

    @Override
    public DeliveryReply announce(Announcement announcement) {
        if (outages.getAndDecrement() > 0) {
            throw new IllegalStateException("the store is away");
        }
        announced.add(announcement);
        return refused(1)
                ? new DeliveryReply(DeliveryState.PENDING, new Attempts(1, "503"))
                : new DeliveryReply(DeliveryState.DELIVERED, Attempts.FIRST);
    }

    @Override
    public DeliveryReply deliver(Announcement announcement) {
        int attempt = announcement.attemptsBefore()
                + Activity.getExecutionContext().getInfo().getAttempt();
        if (!refused(attempt)) {
            return new DeliveryReply(DeliveryState.DELIVERED, new Attempts(attempt, "503"));
        }
        if (attempt >= NotificationPolicy.MAX_ATTEMPTS) {
            return new DeliveryReply(DeliveryState.NOTIFY_FAILED, new Attempts(attempt, "503"));
        }
        throw ApplicationFailure.newBuilder()
                .setType(NotificationFailure.UNDELIVERED.type())
                .setMessage("503")
                .setDetails(attempt)
                .setNextRetryDelay(NotificationPolicy.gapAfter(attempt))
                .build();
    }

    private boolean refused(int attempt) {
        attempts.add(attempt);
        return refusals.getAndDecrement() > 0;
    }
}
