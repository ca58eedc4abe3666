package dev.lightning.api.schedules;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Making, finding and ending schedules over HTTP. */
@RestController
@RequestMapping(path = "/api/schedule", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Schedules")
final class ScheduleController {

    private final ScheduleReader reader;
    private final Schedules schedules;
    private final PageTokens tokens;

    ScheduleController(ScheduleReader reader, Schedules schedules, PageTokens tokens) {
        this.reader = reader;
        this.schedules = schedules;
        this.tokens = tokens;
    }

    /** A page of schedules; {@code nextPageToken} is absent on the last one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScheduleList(
            List<ScheduleView> schedules, @Nullable String nextPageToken) {}

    @PostMapping
    @Operation(
            operationId = "CreateSchedule",
            summary = "Have an event happen in the future, once or again and again",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ScheduleBody.class))))
    @ApiResponse(
            responseCode = "201",
            description = "The schedule is kept; Location names it",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "The same schedule was made before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "403", description = "The event may not be posted by this user")
    @ApiResponse(
            responseCode = "409",
            description = "The id belongs to something else, or there are too many schedules")
    ResponseEntity<ScheduleView> create(@AuthenticationPrincipal Caller caller, @RequestBody JsonNode body) {
        Schedules.Created created = schedules.create(reader.read(body, caller));
        return ResponseEntity.status(created.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                .location(URI.create("/api/schedule/" + created.view().scheduleId()))
                .body(created.view());
    }

    @GetMapping
    @Operation(operationId = "ListSchedules", summary = "List schedules, a page at a time")
    @ApiResponse(responseCode = "200", description = "A page of schedules", useReturnTypeSchema = true)
    ScheduleList list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletRequest request) {
        PageRequest asked = PageRequest.of(pageSize, pageToken, request);
        Owner owner = ActingFor.owner(caller, userId);
        String scope = "schedules\n" + owner.key();
        Schedules.Listed page = schedules.list(owner, asked.firstRow(tokens, scope), asked.size());
        return new ScheduleList(page.schedules(), tokens.issue(scope, page.nextRow()));
    }

    @GetMapping("/{id:[^:]+}")
    @Operation(operationId = "GetSchedule", summary = "Show a schedule, its next and its latest runs")
    @ApiResponse(responseCode = "200", description = "The schedule", useReturnTypeSchema = true)
    ScheduleView show(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return schedules.show(new ScheduleKey(ActingFor.owner(caller, userId), id));
    }

    @DeleteMapping("/{id:[^:]+}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "DeleteSchedule",
            summary = "End a schedule; calls a waiting one-shot off, lets runs that have begun go on")
    @ApiResponse(responseCode = "204", description = "It is no more; the event of a one-shot that ran stays")
    @ApiResponse(responseCode = "409", description = "The one-shot's event is under way")
    void delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        schedules.delete(new ScheduleKey(ActingFor.owner(caller, userId), id));
    }
}
