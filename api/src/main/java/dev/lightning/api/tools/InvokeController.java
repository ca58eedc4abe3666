package dev.lightning.api.tools;

import dev.lightning.api.errors.Problem;
import dev.lightning.api.events.Intake;
import dev.lightning.api.events.Invocations;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.filters.CelFilter;
import dev.lightning.providers.filters.InvalidFilterException;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolDefinition.Kind;
import dev.lightning.providers.tools.Invocation;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts functions over HTTP: the payload becomes an event, and what comes of it is that event's. */
@RestController
@Tag(name = "Functions")
final class InvokeController {
    private static final Logger log = LoggerFactory.getLogger(InvokeController.class);

    private final Definitions definitions;
    private final Invocations invocations;

    InvokeController(Definitions definitions, Invocations invocations) {
        this.definitions = definitions;
        this.invocations = invocations;
    }

    /** The event that an invocation became. */
    record Invoked(String eventId, String workflowId, String function, String type) {}

    @PostMapping(
            path = "/v1/functions/{name}:invoke",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "InvokeFunction",
            summary = "Start a function with any JSON object",
            description = "The result comes as an event; Location leads to the event that started the function",
            parameters =
                    @Parameter(
                            name = "Idempotency-Key",
                            in = ParameterIn.HEADER,
                            description = "Names this invocation, so that sending it again does nothing more",
                            schema = @Schema(type = "string", minLength = 1, maxLength = 255)),
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
    @ApiResponse(
            responseCode = "202",
            description = "Accepted: Temporal has persisted the start",
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "200",
            description = "The same invocation had been accepted before",
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "409",
            description =
                    "The function is paused or disabled, its filter does not take this payload, or the key named something else")
    @ApiResponse(responseCode = "429", description = "You post more than you may; Retry-After says when to go on")
    ResponseEntity<Invoked> invoke(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers,
            @RequestBody byte[] payload) {
        Owner owner = ActingFor.owner(caller, userId);
        ToolDefinition function = definitions.find(owner, Kind.FUNCTION, name).definition();
        requireReady(function);
        Intake taken = invocations.invoke(
                owner, name, Invocation.source(name), payload, headers, event -> requireTaken(function, event));
        log.info("event=function.invoked function={}/{} workflow={}", owner.key(), name, taken.workflowId());
        return ResponseEntity.status(taken.duplicate() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/events/" + taken.eventId()))
                .body(new Invoked(taken.eventId(), taken.workflowId(), name, Invocation.TYPE));
    }

    /** What the function's filter refuses would come to nothing, and nobody would hear of it. */
    private static void requireTaken(ToolDefinition function, Event event) {
        if (function.filter() == null) {
            return;
        }
        try {
            CelFilter.compile(function.filter())
                    .refusal(MatchController.asked(event))
                    .ifPresent(why -> {
                        throw Problem.CONFLICT.with(
                                "The function " + function.name() + " does not take this invocation: " + why);
                    });
        } catch (InvalidFilterException invalid) {
            throw Problem.CONFLICT.with("The filter of the function " + function.name() + " can no longer be read");
        }
    }

    private static void requireReady(ToolDefinition function) {
        if (!function.enabled()) {
            throw Problem.CONFLICT.with("The function " + function.name() + " is disabled");
        }
        if (Integer.valueOf(0).equals(function.replicas())) {
            throw Problem.CONFLICT.with("The function " + function.name() + " is paused: it has 0 replicas");
        }
    }
}
