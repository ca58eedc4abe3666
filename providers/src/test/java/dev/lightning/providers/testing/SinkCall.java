package dev.lightning.providers.testing;

import org.jspecify.annotations.Nullable;

/**
 * One request as a {@link NotifySink} saw it.
 *
 * @param status what was answered, 0 for no answer
 * @param signatureOk null when the sink has no secret to check with
 */
public record SinkCall(
        @Nullable String webhookId,
        @Nullable String timestamp,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String contentType,
        String body,
        String bodySha256,
        int status,
        @Nullable Boolean signatureOk) {}
