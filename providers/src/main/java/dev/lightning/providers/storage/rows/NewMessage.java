package dev.lightning.providers.storage.rows;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing message that is to be kept.
 *
 * @param body the event document as JSON, as every attempt to deliver it sends it
 * @param eventBlob the key of the event's whole metadata where the event itself carries only a cut
 * @param delivery the delivery state to start with
 */
public record NewMessage(
        String ownerKey,
        String id,
        String type,
        String body,
        @Nullable String eventBlob,
        String delivery) {}
