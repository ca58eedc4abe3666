package dev.lightning.api.tasks;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.ToolRunState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** How tasks stand, and the two things a user can do about one. */
@RestController
@RequestMapping(path = "/api/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tasks")
final class TaskController {
    private final Tasks tasks;

    TaskController(Tasks tasks) {
        this.tasks = tasks;
    }

    /** How much longer a task may run. */
    record ExtensionBody(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "ISO-8601 or like 90s, 30m, 1h, 2d",
                    example = "10m")
            String by) {}

    /** When an extended task is ended at the latest. */
    record Extended(String taskId, Instant deadline) {}

    @GetMapping
    @Operation(operationId = "ListTasks", summary = "List tasks, newest first")
    @ApiResponse(responseCode = "200", description = "A page of tasks", useReturnTypeSchema = true)
    Tasks.TaskList list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Parameter(schema = @Schema(implementation = ToolRunState.class)) @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String tool,
            @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletRequest request) {
        Owner owner = ActingFor.owner(caller, userId);
        Findings findings = new Findings();
        PageRequest asked = PageRequest.of(pageSize, pageToken, request, Tasks.Filter.NAMES, findings);
        return tasks.list(owner, new Tasks.Filter(state, tool), asked, findings);
    }

    @GetMapping("/{id:.+(?<!:cancel|:extend|:approve|:reject)}")
    @Operation(operationId = "GetTask", summary = "Tell where a task stands")
    @ApiResponse(responseCode = "200", description = "The task", useReturnTypeSchema = true)
    TaskView get(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return tasks.show(ActingFor.owner(caller, userId), id);
    }

    @PostMapping("/{id}:cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "CancelTask", summary = "Ask a task to end as CANCELLED; whatever it started is removed")
    @ApiResponse(
            responseCode = "202",
            description = "Asked; the task ends soon, or has been cancelled before",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "It has ended otherwise")
    TaskView cancel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return tasks.cancel(ActingFor.owner(caller, userId), id);
    }

    @PostMapping("/{id}:extend")
    @Operation(
            operationId = "ExtendTask",
            summary = "Give a running task more time",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ExtensionBody.class))))
    @ApiResponse(responseCode = "200", description = "Its new deadline", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "It is not running")
    Extended extend(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody JsonNode body) {
        return new Extended(id, tasks.extend(ActingFor.owner(caller, userId), id, body));
    }
}
