package dev.lightning.api.tools;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.events.EventReader;
import dev.lightning.api.events.Posted;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.filters.FilterEvent;
import dev.lightning.providers.tools.ToolMatch;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.providers.tools.WorkerTask;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.tools.ToolSpec;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tells which tools an event would start, without starting anything. */
@RestController
@Tag(name = "Tools")
final class MatchController {
    private final ToolMatcher matcher;
    private final EventReader reader;

    MatchController(ToolMatcher matcher, EventReader reader) {
        this.matcher = matcher;
        this.reader = reader;
    }

    /** Whose a tool is. */
    enum Scope {
        OWN,
        PLATFORM
    }

    /** A tool that the event would start. */
    record Taker(String tool, Scope scope) {}

    /** A tool that the event would not start, and why. */
    record Other(String tool, Scope scope, String reason) {}

    /** What everybody would make of the event. */
    record Matching(List<Taker> matches, List<Other> others) {}

    @PostMapping(path = "/api/tools:match", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "MatchTools",
            summary = "Tell which tools an event would start, and why not the others",
            description = "Nothing is started or kept. The event is as PutEvent takes it.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = "#/components/schemas/Event"))))
    @ApiResponse(responseCode = "200", description = "Every tool's answer", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "403",
            description = "The event is of another user, or of a type that only the platform emits")
    Matching match(@AuthenticationPrincipal Caller caller, @RequestBody JsonNode body) {
        Findings findings = new Findings();
        Posted posted = reader.read(body, caller, "", null, null, findings);
        findings.throwIfAny();
        if (posted == null) {
            throw new InvalidRequestException("body", "is not an event");
        }
        List<ToolMatch> answers = matcher.ask(posted.event().owner().key(), asked(posted.event()));
        Stream<Taker> builtIn = posted.event().type().equals(WorkerTask.TYPE)
                ? Stream.of(new Taker(WorkerTask.NAME, Scope.PLATFORM))
                : Stream.empty();
        return new Matching(
                Stream.concat(
                                builtIn,
                                answers.stream()
                                        .filter(ToolMatch::takes)
                                        .map(match -> new Taker(match.row().name(), scope(match))))
                        .toList(),
                answers.stream()
                        .filter(match -> !match.takes())
                        .map(match ->
                                new Other(match.row().name(), scope(match), Objects.requireNonNull(match.refusal())))
                        .toList());
    }

    /** The event as filters see it. */
    static FilterEvent asked(Event event) {
        return new FilterEvent(
                event.id().value(),
                event.type(),
                event.source(),
                event.time(),
                event.subject(),
                event.owner().userId(),
                event.metadata().asMap());
    }

    private static Scope scope(ToolMatch match) {
        return match.ownerKey().equals(ToolSpec.PLATFORM) ? Scope.PLATFORM : Scope.OWN;
    }
}
