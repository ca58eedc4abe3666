package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.api.streaming.SentEvent;
import dev.lightning.api.streaming.Streams;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
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

/** What became of events, and the two things a user can do about one. An admin says with {@code userID} whose. */
@RestController
@RequestMapping(path = "/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Events")
final class EventController {
    private final EventInspector inspector;
    private final EventList list;
    private final EventControl control;
    private final Streams streams;

    EventController(EventInspector inspector, EventList list, EventControl control, Streams streams) {
        this.inspector = inspector;
        this.list = list;
        this.control = control;
        this.streams = streams;
    }

    @Operation(operationId = "ListEvents", summary = "List events, newest first")
    @ApiResponse(responseCode = "200", description = "A page of events")
    @GetMapping
    EventList.EventPageView list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Parameter(schema = @Schema(implementation = EventStatus.class)) @Nullable
                    String status,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletRequest request) {
        Owner owner = ActingFor.owner(caller, userId);
        Findings findings = new Findings();
        PageRequest asked = PageRequest.of(pageSize, pageToken, request, EventList.Filter.NAMES, findings);
        return list.page(owner, new EventList.Filter(type, status, source), asked, findings);
    }

    @Operation(operationId = "GetEvent", summary = "Tell where an event stands, what it did and what it caused")
    @ApiResponse(responseCode = "200", description = "The event")
    @GetMapping("/{id:.+(?<!:cancel|:retry)}")
    EventView get(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return find(ActingFor.owner(caller, userId), id);
    }

    @Operation(operationId = "CancelEvent", summary = "Ask an event to end as CANCELLED")
    @ApiResponse(responseCode = "202", description = "Asked; the event ends soon, or has been cancelled before")
    @ApiResponse(responseCode = "409", description = "It has ended otherwise, or is just being started")
    @PostMapping("/{id}:cancel")
    ResponseEntity<EventView> cancel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        EventView seen = control.cancel(ActingFor.owner(caller, userId), id);
        return ResponseEntity.accepted()
                .location(URI.create(seen.links().self()))
                .body(seen);
    }

    @Operation(
            operationId = "RetryEvent",
            summary = "Run a FAILED event again",
            description = "A new run of the same workflow: recorded effects are reused, failed steps run again")
    @ApiResponse(
            responseCode = "202",
            description = "Another run has started",
            headers = @Header(name = "Location", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "409", description = "It has not failed, is being retried, or is too old")
    @PostMapping("/{id}:retry")
    ResponseEntity<Accepted> retry(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        Accepted accepted = control.retry(ActingFor.owner(caller, userId), id);
        return ResponseEntity.accepted()
                .location(URI.create("/api/events/" + accepted.eventId()))
                .body(accepted);
    }

    @Operation(
            operationId = "StreamEvent",
            summary = "Follow an event until it ends",
            description = "Server-sent events named status; the data of each is what GetEvent answers")
    @ApiResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = SentEvent.class)))
    @ApiResponse(responseCode = "429", description = "You have too many open streams")
    @GetMapping(path = "/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletResponse response)
            throws IOException {
        Owner owner = ActingFor.owner(caller, userId);
        streams.open(caller, new EventFeed(inspector, owner, find(owner, id)), response);
    }

    private EventView find(Owner owner, String id) {
        return inspector.find(owner, id).orElseThrow(() -> Problem.noSuch("event", id));
    }
}
