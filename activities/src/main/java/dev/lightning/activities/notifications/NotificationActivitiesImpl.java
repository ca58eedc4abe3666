package dev.lightning.activities.notifications;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.storage.rows.NewMessage;
import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.LiveStream;
import dev.lightning.providers.webhook.Webhook;
import dev.lightning.providers.webhook.WebhookMessage;
import dev.lightning.providers.webhook.WebhookResult;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.notifications.NotificationActivities;
import dev.lightning.workflows.notifications.NotificationFailure;
import dev.lightning.workflows.notifications.NotificationPolicy;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what each answer of the receiver means for a message: done, try again after a gap, or given up. The message's
 * row is the ledger: what was delivered is not sent again, and what is sent again says the same.
 */
public final class NotificationActivitiesImpl implements NotificationActivities {
    private static final Logger log = LoggerFactory.getLogger(NotificationActivitiesImpl.class);

    private final MessageRows rows;
    private final EventDocuments documents;
    private final LiveStream stream;
    private final Webhook webhook;
    private final RandomGenerator random;

    public NotificationActivitiesImpl(
            MessageRows rows, BlobStore blobs, LiveStream stream, Webhook webhook, RandomGenerator random) {
        this.rows = rows;
        this.documents = new EventDocuments(blobs);
        this.stream = stream;
        this.webhook = webhook;
        this.random = random;
    }

    @Override
    public DeliveryReply announce(Announcement announcement) {
        MessageRow row = keep(announcement.message());
        show(row);
        if (state(row) == DeliveryState.DELIVERED) {
            return repeated(row);
        }
        return attempt(row, announcement.attemptsBefore() + 1, NotificationPolicy.FIRST_CALL);
    }

    @Override
    public DeliveryReply deliver(Announcement announcement) {
        Event message = announcement.message();
        MessageRow row = rows.find(message.owner().key(), message.id().value()).orElseGet(() -> keep(message));
        if (state(row) == DeliveryState.DELIVERED) {
            return repeated(row);
        }
        int overall = announcement.attemptsBefore()
                + Activity.getExecutionContext().getInfo().getAttempt();
        DeliveryReply reply = attempt(row, overall, NotificationPolicy.CALL);
        if (reply.state() == DeliveryState.PENDING) {
            throw undelivered(reply.attempts());
        }
        return reply;
    }

    private MessageRow keep(Event event) {
        BlobRef ref = event.blobRef();
        return rows.keep(new NewMessage(
                event.owner().key(),
                event.id().value(),
                event.type(),
                documents.write(event),
                ref == null ? null : ref.key(),
                DeliveryState.PENDING.name()));
    }

    /** A large message is only named: watchers have queues. */
    private void show(MessageRow row) {
        String body = row.body();
        stream.publish(row.ownerKey(), new LiveItem(row.id(), "message", body == null ? "{}" : body));
    }

    private DeliveryReply attempt(MessageRow row, int overall, Duration timeout) {
        WebhookMessage message = new WebhookMessage(webhookId(row), row.id(), row.type(), rows.body(row), timeout);
        return switch (webhook.post(message)) {
            case WebhookResult.Accepted _ -> record(row, DeliveryState.DELIVERED, null, overall);
            case WebhookResult.NotConfigured _ -> record(row, DeliveryState.SKIPPED, null, overall);
            case WebhookResult.Gone(String why) -> record(row, DeliveryState.NOTIFY_FAILED, why, overall);
            case WebhookResult.Failed(String why) ->
                record(
                        row,
                        overall < NotificationPolicy.MAX_ATTEMPTS ? DeliveryState.PENDING : DeliveryState.NOTIFY_FAILED,
                        why,
                        overall);
        };
    }

    /** Writes down what came of an attempt, unless another one has delivered the message meanwhile. */
    private DeliveryReply record(MessageRow row, DeliveryState state, @Nullable String why, int overall) {
        MessageRow recorded = rows.change(row, (present, now) -> {
            if (state(present) == DeliveryState.DELIVERED) {
                return present;
            }
            return switch (state) {
                case DELIVERED -> present.accepted(state.name(), now);
                case SKIPPED -> present.turned(state.name(), now);
                case PENDING, NOTIFY_FAILED -> present.failed(state.name(), why == null ? "" : why, now);
            };
        });
        log.info(
                "event=message.{} owner={} message={} attempt={} reason=\"{}\"",
                recorded.delivery().toLowerCase(Locale.ROOT),
                row.ownerKey(),
                row.id(),
                overall,
                why == null ? "" : why);
        return new DeliveryReply(state(recorded), new Attempts(overall, recorded.lastError()));
    }

    private static DeliveryReply repeated(MessageRow row) {
        return new DeliveryReply(DeliveryState.DELIVERED, new Attempts(Math.max(1, row.attempts()), row.lastError()));
    }

    /** The workflow reads from the details how many attempts there have been, whoever made them. */
    private ApplicationFailure undelivered(Attempts tried) {
        return ApplicationFailure.newBuilder()
                .setType(NotificationFailure.UNDELIVERED.type())
                .setMessage(tried.lastError())
                .setDetails(tried.count())
                .setNextRetryDelay(NotificationPolicy.gapAfter(tried.count(), random.nextDouble()))
                .build();
    }

    /** Unique among all users' messages; a full stop would blur what is signed, so it is written otherwise. */
    private static String webhookId(MessageRow row) {
        return "msg_" + row.ownerKey() + "_" + row.id().replace(".", "%2E");
    }

    private static DeliveryState state(MessageRow row) {
        return DeliveryState.valueOf(row.delivery());
    }
}
