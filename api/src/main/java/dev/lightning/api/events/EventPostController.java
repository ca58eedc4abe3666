package dev.lightning.api.events;

import dev.lightning.api.admission.PostsAtOnce;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The way in: one event or up to a hundred, in our own shape or as CloudEvents. */
@RestController
@Tag(name = "Events")
final class EventPostController {
    private static final int MAX_BODY = 256 * 1024;

    private final SubmissionReader reader;
    private final EventIntake intake;
    private final AcceptLimit limit;
    private final PostsAtOnce posts;
    private final EventBatch batch;

    EventPostController(SubmissionReader reader, EventIntake intake, AcceptLimit limit, PostsAtOnce posts) {
        this.reader = reader;
        this.intake = intake;
        this.limit = limit;
        this.posts = posts;
        this.batch = new EventBatch(reader, intake);
    }

    @Operation(
            operationId = "PutEvent",
            summary = "Post an event, or an array of 1 to 100",
            description = "An array is answered with 207 and a result per event, in the order of the request."
                    + " CloudEvents 1.0 are taken in structured, binary (ce-* headers) and batch form; their data is the"
                    + " metadata."
                    + "\n\nThe metadata of `llm.chat`: `prompt` (a text) or `messages` (objects with `role`, one of"
                    + " system, user and assistant, and `content`), and optionally `system`, `model`, `temperature`"
                    + " (0 to 2), `max_tokens` (from 1), `top_p` (0 to 1) and `threadId`. The metadata of `user.message`:"
                    + " `text`. Other fields are kept and go no further; other types' metadata is free.",
            parameters =
                    @Parameter(
                            name = IdempotencyKey.HEADER,
                            in = ParameterIn.HEADER,
                            description = "Names a single event, so that posting it again does nothing more",
                            schema = @Schema(type = "string", minLength = 1, maxLength = IdempotencyKey.MAX_LENGTH)),
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(oneOf = {EventBody.class, EventBody[].class})),
                                @Content(
                                        mediaType = PostedShape.CLOUD_EVENT_TYPE,
                                        schema = @Schema(implementation = CloudEventBody.class)),
                                @Content(
                                        mediaType = PostedShape.CLOUD_EVENT_BATCH_TYPE,
                                        array =
                                                @ArraySchema(
                                                        schema = @Schema(implementation = CloudEventBody.class),
                                                        minItems = 1,
                                                        maxItems = EventBatch.MAX_ITEMS))
                            }),
            responses = {
                @ApiResponse(
                        responseCode = "202",
                        description = "Accepted: Temporal has persisted the start",
                        headers = @Header(name = "Location", schema = @Schema(type = "string")),
                        content =
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = Accepted.class))),
                @ApiResponse(
                        responseCode = "200",
                        description = "The same event had been accepted before",
                        content =
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = Accepted.class))),
                @ApiResponse(
                        responseCode = "207",
                        description = "A result per event of the array; Retry-After where some should come again later",
                        content =
                                @Content(
                                        mediaType = "application/json",
                                        array = @ArraySchema(schema = @Schema(implementation = BatchItem.class)))),
                @ApiResponse(
                        responseCode = "403",
                        description = "It is of another user, or of a type that only the platform emits"),
                @ApiResponse(responseCode = "409", description = "There is another event with this id"),
                @ApiResponse(
                        responseCode = "429",
                        description = "You post more than you may, or what was accepted waits too long already;"
                                + " Retry-After says when to go on")
            })
    @PostMapping(path = "/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> post(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader @Parameter(hidden = true) HttpHeaders headers,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        limit.take(caller.owner().key(), 1);
        try (PostsAtOnce.Place _ = posts.enter(caller.owner().key())) {
            return take(caller, headers, body);
        }
    }

    private ResponseEntity<?> take(Caller caller, HttpHeaders headers, InputStream body) throws IOException {
        PostedShape shape = PostedShape.of(headers);
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw Problem.PAYLOAD_TOO_LARGE.with(MAX_BODY);
        }
        if (shape == PostedShape.CLOUD_EVENT_IN_HEADERS) {
            return single(reader.binary(headers, bytes, caller));
        }
        JsonNode json = EventJson.parse(bytes);
        boolean many = shape == PostedShape.CLOUD_EVENT_BATCH || (shape == PostedShape.FOUNDING && json.isArray());
        return many ? batch(shape, json, headers, caller) : single(reader.single(shape, json, headers, caller));
    }

    private ResponseEntity<Accepted> single(Submission submission) {
        Intake taken = submission.into(intake);
        return ResponseEntity.status(taken.duplicate() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/events/" + taken.eventId()))
                .body(Accepted.of(taken, submission.cloudEvent()));
    }

    private ResponseEntity<List<BatchItem>> batch(
            PostedShape shape, JsonNode json, HttpHeaders headers, Caller caller) {
        int more = EventBatch.count(json, headers) - 1;
        if (more > 0) {
            limit.take(caller.owner().key(), more);
        }
        EventBatch.Taken taken = batch.take(shape, json, caller);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.MULTI_STATUS);
        if (taken.retryAfter() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, taken.retryAfter());
        }
        return answer.body(taken.items());
    }
}
