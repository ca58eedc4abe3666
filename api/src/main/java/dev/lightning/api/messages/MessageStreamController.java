package dev.lightning.api.messages;

import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.api.security.Expiring;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows messages as they go out, so that a client without a public address hears of them too. */
@RestController
public final class MessageStreamController {
    /** How many messages a client gets that names one which is no longer kept. */
    static final int MAX_CATCH_UP = 1_000;

    private final MessageRows messages;
    private final MessageStreams streams;

    public MessageStreamController(MessageRows messages, MessageStreams streams) {
        this.messages = messages;
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
                            schema = @Schema(implementation = String.class)))
    @ApiResponse(responseCode = "400", description = "Last-Event-ID is not a message id")
    @ApiResponse(responseCode = "404", description = "Another user's messages were asked for")
    @ApiResponse(responseCode = "429", description = "You have too many open streams")
    void stream(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Parameter(description = "Whose, for an admin") @Nullable String userID,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Owner owner = ActingFor.owner(caller, userID);
        long position = position(owner.key(), lastEventId);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        streams.open(
                caller.owner().key(), owner.key(), position, expiry(), new MessageStreams.Exchange(request, response));
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

    /** When the caller's token ends, as far as it says so. */
    private static Instant expiry() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Expiring token
                ? token.expiresAt()
                : Instant.MAX;
    }
}
