package dev.lightning.providers.storage.rows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps of an outgoing message: what it says, once and for all, and how its delivery stands. It is the
 * effect ledger of a notification.
 *
 * @param id the id of the event that is the message
 * @param sequence counts the owner's messages from 1 in the order in which they became visible, without gaps
 * @param body the event document as JSON, null when it is so large that it lies in a blob
 * @param bodyBlob the key of that blob
 * @param eventBlob the key of the event's whole metadata where the event itself carries only a cut
 * @param attempts how often it was posted, over all its deliveries
 * @param lastError why the last failed attempt failed, in our words
 * @param deliveredAt when the receiver accepted it
 * @param etag what a change names to be sure that nobody else changed the row; empty before it is stored
 */
public record MessageRow(
        String ownerKey,
        String id,
        String type,
        long sequence,
        @Nullable String body,
        @Nullable String bodyBlob,
        @Nullable String eventBlob,
        String delivery,
        int attempts,
        @Nullable String lastError,
        Instant keptAt,
        Instant changedAt,
        @Nullable Instant deliveredAt,
        String etag) {
    /** The row after an attempt that the receiver accepted. */
    public MessageRow accepted(String newDelivery, Instant now) {
        return with(newDelivery, attempts + 1, lastError, now, now, etag);
    }

    /** The row after an attempt that failed. */
    public MessageRow failed(String newDelivery, String why, Instant now) {
        return with(newDelivery, attempts + 1, why, now, deliveredAt, etag);
    }

    /** The row in another delivery state, without an attempt. */
    public MessageRow turned(String newDelivery, Instant now) {
        return with(newDelivery, attempts, lastError, now, deliveredAt, etag);
    }

    MessageRow stored(String newEtag) {
        return with(delivery, attempts, lastError, changedAt, deliveredAt, newEtag);
    }

    private MessageRow with(
            String newDelivery,
            int newAttempts,
            @Nullable String newError,
            Instant now,
            @Nullable Instant newDeliveredAt,
            String newEtag) {
        return new MessageRow(
                ownerKey,
                id,
                type,
                sequence,
                body,
                bodyBlob,
                eventBlob,
                newDelivery,
                newAttempts,
                newError,
                keptAt,
                now,
                newDeliveredAt,
                newEtag);
    }
}
