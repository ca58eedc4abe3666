package dev.lightning.api.tasks;

import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.tools.ApprovalDecision;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Where users say whether a task that needs approval may run. */
@RestController
@RequestMapping(path = "/api/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tasks")
final class ApprovalController {
    private final Approvals approvals;

    ApprovalController(Approvals approvals) {
        this.approvals = approvals;
    }

    /** Why, and about which run; all of it can be left out. */
    record DecisionBody(
            @Schema(maxLength = Approvals.LONGEST_REASON, description = "Shown with the task; no control characters")
            @Nullable
            String reason,

            @Schema(description = "The run that was looked at; a decision about another is refused") @Nullable
            String runId) {}

    @PostMapping("/{id}:approve")
    @Operation(
            operationId = "ApproveTask",
            summary = "Let a task run that waits for approval",
            description = "Holds for the event and the tool as this run has them. To repeat it is harmless",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = DecisionBody.class))))
    @ApiResponse(responseCode = "200", description = "It is approved", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "It does not wait for approval, or was rejected before")
    TaskView approve(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return approvals.decide(caller.owner(), ActingFor.owner(caller, userId), id, ApprovalDecision.APPROVED, body);
    }

    @PostMapping("/{id}:reject")
    @Operation(
            operationId = "RejectTask",
            summary = "End a task that waits for approval, as REJECTED",
            description = "Its event fails with this reason. To repeat it is harmless",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = DecisionBody.class))))
    @ApiResponse(responseCode = "200", description = "It is rejected", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "It does not wait for approval, or was approved before")
    TaskView reject(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return approvals.decide(caller.owner(), ActingFor.owner(caller, userId), id, ApprovalDecision.REJECTED, body);
    }
}
