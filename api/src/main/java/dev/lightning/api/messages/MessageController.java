package dev.lightning.api.messages;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.storage.rows.MessagePage;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.notifications.DeliveryState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets users read what they were sent, and send again what could not be delivered. */
@RestController
@Tag(name = "Messages")
@RequestMapping("/api/messages")
final class MessageController {
    private final MessageRows messages;
    private final PageTokens tokens;
    private final Deliveries deliveries;

    MessageController(MessageRows messages, PageTokens tokens, Deliveries deliveries) {
        this.messages = messages;
        this.tokens = tokens;
        this.deliveries = deliveries;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ListMessages", summary = "Your outgoing messages, newest first")
    @ApiResponse(responseCode = "200", description = "A page of messages")
    MessageList list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false)
                    @Parameter(
                            description = "Only messages in this delivery state",
                            schema = @Schema(implementation = DeliveryState.class))
                    @Nullable
                    String delivery,
            @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletRequest request) {
        Owner owner = ActingFor.owner(caller, userId);
        Findings findings = new Findings();
        PageRequest asked = PageRequest.of(pageSize, pageToken, request, Set.of("delivery"), findings);
        findings.require(delivery == null || isState(delivery), "delivery", "must be one of " + states())
                .throwIfAny();
        String scope = "messages\n" + owner.key() + "\n" + (delivery == null ? "" : delivery);
        MessagePage page = messages.list(
                owner.key(),
                row -> delivery == null || delivery.equals(row.delivery()),
                asked.firstRow(tokens, scope),
                asked.size());
        return new MessageList(
                page.rows().stream().map(MessageView::listed).toList(), tokens.issue(scope, page.nextRow()));
    }

    @GetMapping(path = "/{id:(?!stream$).+(?<!:resend)}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "GetMessage",
            summary = "One outgoing message, whole",
            description = "The id stream is the stream's: a message of an event with this id is in the list only.")
    @ApiResponse(responseCode = "200", description = "The message")
    MessageView show(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        MessageRow row = find(ActingFor.owner(caller, userId), id);
        return MessageView.whole(row, messages.body(row));
    }

    @PostMapping(path = "/{id}:resend", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "ResendMessage", summary = "Send a message again that was given up")
    @ApiResponse(responseCode = "202", description = "It is on its way again, with all its attempts before it")
    @ApiResponse(responseCode = "409", description = "It was not given up, or it is being delivered")
    ResponseEntity<MessageView> resend(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        MessageRow row = find(ActingFor.owner(caller, userId), id);
        if (!isGivenUp(row)) {
            throw Problem.CONFLICT.with(
                    "Only a message in state NOTIFY_FAILED can be sent again; this one is " + row.delivery());
        }
        String body = messages.body(row);
        if (!deliveries.start(MessageEvents.of(row, body))) {
            throw Problem.CONFLICT.with("The message is being delivered already");
        }
        MessageRow pending = messages.change(
                row,
                (present, now) -> isGivenUp(present) && present.attempts() == row.attempts()
                        ? present.turned(DeliveryState.PENDING.name(), now)
                        : present);
        return ResponseEntity.accepted()
                .location(URI.create("/api/messages/" + row.id()))
                .body(MessageView.whole(pending, body));
    }

    private MessageRow find(Owner owner, String id) {
        return Optional.of(id)
                .filter(EventId::isPossible)
                .flatMap(possible -> messages.find(owner.key(), possible))
                .orElseThrow(() -> Problem.noSuch("message", id));
    }

    private static boolean isGivenUp(MessageRow row) {
        return row.delivery().equals(DeliveryState.NOTIFY_FAILED.name());
    }

    private static boolean isState(String text) {
        return Arrays.stream(DeliveryState.values())
                .anyMatch(state -> state.name().equals(text));
    }

    private static String states() {
        return String.join(
                ", ", Arrays.stream(DeliveryState.values()).map(Enum::name).toList());
    }
}
