package dev.lightning.api.streaming;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A server-sent event as clients see it, for the API's description. */
@Schema(name = "ServerSentEvent")
public record SentEvent(
        @Schema(description = "What kind of event it is") String event,

        @Schema(description = "What Last-Event-ID names to go on after it") @Nullable
        String id,

        @Schema(description = "JSON") String data) {}
