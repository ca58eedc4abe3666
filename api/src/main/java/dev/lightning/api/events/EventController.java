package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What became of events, and the two things a user can do about one. An admin says with {@code userID} whose. */
@RestController
@RequestMapping("/api/events")
@ApiResponse(responseCode = "400", content = @Content(mediaType = EventController.PROBLEM))
@ApiResponse(responseCode = "401", content = @Content(mediaType = EventController.PROBLEM))
@ApiResponse(responseCode = "403", content = @Content(mediaType = EventController.PROBLEM))
@ApiResponse(responseCode = "503", content = @Content(mediaType = EventController.PROBLEM))
final class EventController {
    static final String PROBLEM = "application/problem+json";

    private final EventInspector inspector;
    private final EventList list;
    private final EventControl control;
    private final EventStreams streams;

    EventController(EventInspector inspector, EventList list, EventControl control, EventStreams streams) {
        this.inspector = inspector;
        this.list = list;
        this.control = control;
        this.streams = streams;
    }

    @Operation(operationId = "ListEvents", summary = "List events, newest first")
    @ApiResponse(responseCode = "200")
    @GetMapping
    EventList.EventPageView list(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Parameter(schema = @Schema(implementation = EventStatus.class)) @Nullable
                    String status,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
                    @Nullable
                    String pageSize,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        Owner owner = ActingFor.owner(caller, userId);
        return list.page(owner, new EventList.Filter(type, status, source), pageToken, pageSize);
    }

    @Operation(operationId = "GetEvent", summary = "Tell where an event stands, what it did and what it caused")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    @GetMapping("/{id}")
    EventView get(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return find(ActingFor.owner(caller, userId), id);
    }

    @Operation(operationId = "CancelEvent", summary = "Ask an event to end as CANCELLED")
    @ApiResponse(responseCode = "202", description = "Asked; the event ends soon, or has been cancelled before")
    @ApiResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    @ApiResponse(responseCode = "409", content = @Content(mediaType = PROBLEM))
    @PostMapping("/{id}:cancel")
    ResponseEntity<EventView> cancel(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return ResponseEntity.accepted().body(control.cancel(ActingFor.owner(caller, userId), id));
    }

    @Operation(
            operationId = "RetryEvent",
            summary = "Run a FAILED event again",
            description = "A new run of the same workflow: recorded effects are reused, failed steps run again")
    @ApiResponse(responseCode = "202")
    @ApiResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    @ApiResponse(responseCode = "409", content = @Content(mediaType = PROBLEM))
    @PostMapping("/{id}:retry")
    ResponseEntity<Accepted> retry(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
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
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", content = @Content(mediaType = PROBLEM))
    @ApiResponse(responseCode = "429", content = @Content(mediaType = PROBLEM))
    @GetMapping(path = "/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @AuthenticationPrincipal @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        Owner owner = ActingFor.owner(caller, userId);
        return streams.watch(owner, find(owner, id));
    }

    private EventView find(Owner owner, String id) {
        return inspector.find(owner, id).orElseThrow(() -> Problem.NOT_FOUND.with("event " + JsonFields.shown(id)));
    }
}
