package dev.lightning.api.messages;

import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.api.streaming.SentEvent;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows messages as they go out, so that a client without a public address hears of them too. */
@RestController
@Tag(name = "Messages")
final class MessageStreamController {
    /** How many messages a client gets that names one which is no longer kept. */
    static final int MAX_CATCH_UP = 1_000;

    private final MessageRows messages;
    private final LiveStream live;
    private final Streams streams;

    MessageStreamController(MessageRows messages, LiveStream live, Streams streams) {
        this.messages = messages;
        this.live = live;
        this.streams = streams;
    }

    @GetMapping(path = "/api/messages/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "StreamMessages",
            summary = "Your outgoing messages as they happen, as server-sent events",
            description = "Each event is named message, has the message's id and the event as JSON. Last-Event-ID goes "
                    + "on after that message; one that is no longer kept gives the last 1000 messages. The stream ends "
                    + "when the token does.")
    @ApiResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = SentEvent.class)))
    @ApiResponse(responseCode = "429", description = "You have too many open streams")
    void stream(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletResponse response)
            throws IOException {
        Owner owner = ActingFor.owner(caller, userId);
        long position = position(owner.key(), lastEventId);
        streams.open(caller, new MessageFeed(messages, live, owner.key(), position), response);
    }

    private long position(String ownerKey, @Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return messages.newest(ownerKey);
        }
        if (!EventId.isPossible(lastEventId)) {
            throw new InvalidRequestException("Last-Event-ID", "is not a message id");
        }
        return messages.find(ownerKey, lastEventId)
                .map(MessageRow::sequence)
                .orElseGet(() -> Math.max(0, messages.newest(ownerKey) - MAX_CATCH_UP));
    }
}
