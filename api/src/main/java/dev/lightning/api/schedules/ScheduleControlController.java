package dev.lightning.api.schedules;

import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The verbs of a schedule over HTTP: {@code POST /api/schedule/{id}:verb}. */
@RestController
@RequestMapping(path = "/api/schedule", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Schedules")
@ApiResponse(responseCode = "409", description = "A schedule of this kind, or in this state, cannot do this")
final class ScheduleControlController {
    private final ScheduleControls controls;

    ScheduleControlController(ScheduleControls controls) {
        this.controls = controls;
    }

    /** Why somebody pauses a schedule. */
    record Pause(
            @Schema(example = "holidays", maxLength = 400) @Nullable
            String reason) {}

    /** The past range whose runs are to be made up for. */
    record Range(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "2026-11-16T00:00:00Z") @Nullable
            String from,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "2026-11-20T00:00:00Z") @Nullable
            String to) {}

    /** When a one-shot is to start instead. */
    record NewTime(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "When it is due instead, with zone or offset")
            @Nullable
            String timestamp) {}

    /** How many runs a backfill starts. */
    record Backfilled(String scheduleId, int runs) {}

    @PostMapping("/{id}:pause")
    @Operation(
            operationId = "PauseSchedule",
            summary = "Let no further run start until it is resumed",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = false,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = Pause.class))))
    @ApiResponse(responseCode = "200", description = "The schedule, paused", useReturnTypeSchema = true)
    ScheduleView pause(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return controls.pause(key(caller, userId, id), body, caller.owner().userId());
    }

    @PostMapping("/{id}:resume")
    @Operation(operationId = "ResumeSchedule", summary = "Let runs start again")
    @ApiResponse(responseCode = "200", description = "The schedule, going on", useReturnTypeSchema = true)
    ScheduleView resume(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return controls.resume(key(caller, userId, id), caller.owner().userId());
    }

    @PostMapping("/{id}:trigger")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "TriggerSchedule", summary = "Start a run now, beside those that the cron starts")
    @ApiResponse(responseCode = "202", description = "A run starts now", useReturnTypeSchema = true)
    ScheduleView trigger(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return controls.trigger(key(caller, userId, id));
    }

    @PostMapping("/{id}:backfill")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "BackfillSchedule",
            summary = "Start the runs of a past range",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = Range.class))))
    @ApiResponse(responseCode = "202", description = "The runs start now", useReturnTypeSchema = true)
    Backfilled backfill(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody JsonNode body) {
        return new Backfilled(id, controls.backfill(key(caller, userId, id), body));
    }

    @PostMapping("/{id}:reschedule")
    @Operation(
            operationId = "RescheduleSchedule",
            summary = "Move a one-shot that has not started",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewTime.class))))
    @ApiResponse(responseCode = "200", description = "The schedule at its new time", useReturnTypeSchema = true)
    ScheduleView reschedule(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody JsonNode body) {
        return controls.reschedule(key(caller, userId, id), body);
    }

    private ScheduleKey key(Caller caller, @Nullable String userId, String id) {
        return new ScheduleKey(ActingFor.owner(caller, userId), id);
    }
}
