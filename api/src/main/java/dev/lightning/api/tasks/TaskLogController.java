package dev.lightning.api.tasks;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.errors.Shown;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.api.streaming.SentEvent;
import dev.lightning.api.streaming.Streams;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import dev.lightning.providers.storage.rows.TaskRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What tasks write: line by line while they do, and whole afterwards. */
@RestController
@Tag(name = "Tasks")
final class TaskLogController {
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";
    private static final String PLAIN_UTF8 = "text/plain;charset=UTF-8";

    private final Tasks tasks;
    private final TaskLogs logs;
    private final KeptContent content;
    private final Streams streams;

    TaskLogController(Tasks tasks, TaskLogs logs, KeptContent content, Streams streams) {
        this.tasks = tasks;
        this.logs = logs;
        this.content = content;
        this.streams = streams;
    }

    @GetMapping(
            path = "/api/tasks/{id}/logs",
            produces = {PLAIN_UTF8, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            operationId = "GetTaskLogs",
            summary = "Fetch all that a task wrote, once it has been collected, or follow it line by line",
            description =
                    "Kept are the first bytes of each output, up to the tool's limit, and its last MiB; a line of its own "
                            + "([... 123 bytes left out ...]) stands for what is not. With follow (or Accept: text/event-stream) server-sent events named stdout and stderr, each a "
                            + "line as {\"line\":\"...\"}; one of more than 16 KiB comes in parts, all but the last with "
                            + "\"goesOn\":true. The last event is named end and has the task as GetTask answers it. "
                            + "Last-Event-ID goes on after that event, whether the task goes on or has ended; after the end it "
                            + "is answered with 204. The stream ends with the token; come back with Last-Event-ID then.")
    @ApiResponse(
            responseCode = "200",
            description = "The log",
            content = {
                @Content(mediaType = PLAIN_UTF8, schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema = @Schema(implementation = SentEvent.class))
            })
    @ApiResponse(responseCode = "204", description = "Last-Event-ID is that of the end; there is nothing more")
    @ApiResponse(responseCode = "429", description = "You have too many open streams")
    void logs(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(required = false)
                    @Parameter(
                            description =
                                    "One of the outputs; without it a stream has both, and a fetched log is stdout",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {STDOUT, STDERR}))
                    @Nullable
                    String stream,
            @RequestParam(required = false)
                    @Parameter(
                            description = "Whether to follow; without a value it is true",
                            allowEmptyValue = true,
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"", "true", "false"}))
                    @Nullable
                    String follow,
            @RequestHeader(name = "Last-Event-ID", required = false)
                    @Parameter(description = "The id of the last event of the stream that was read")
                    @Nullable
                    String lastEventId,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Parameter(hidden = true) @Nullable
                    String accept,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        Findings findings = new Findings();
        findings.require(
                stream == null || stream.equals(STDOUT) || stream.equals(STDERR), "stream", "must be stdout or stderr");
        findings.require(
                follow == null || Set.of("", "true", "false").contains(follow), "follow", "must be true or false");
        findings.throwIfAny();
        if (follows(follow, accept)) {
            LogPosition from = position(lastEventId, findings);
            findings.throwIfAny();
            follow(caller, tasks.find(ActingFor.owner(caller, userId), id), from, channels(stream), response);
        } else {
            send(tasks.find(ActingFor.owner(caller, userId), id), STDERR.equals(stream), response);
        }
    }

    private static boolean follows(@Nullable String follow, @Nullable String accept)
            throws HttpMediaTypeNotAcceptableException {
        boolean plain = accepts(accept, MediaType.TEXT_PLAIN);
        boolean events = accepts(accept, MediaType.TEXT_EVENT_STREAM);
        boolean wanted = follow == null ? !plain : !follow.equals("false");
        if (wanted ? !events : !plain) {
            throw new HttpMediaTypeNotAcceptableException(
                    List.of(wanted ? MediaType.TEXT_EVENT_STREAM : MediaType.TEXT_PLAIN));
        }
        return wanted;
    }

    private static boolean accepts(@Nullable String accept, MediaType type) {
        return accept == null
                || accept.isBlank()
                || MediaType.parseMediaTypes(accept).stream().anyMatch(range -> range.includes(type));
    }

    private static LogPosition position(@Nullable String lastEventId, Findings findings) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return LogPosition.START;
        }
        LogPosition position = LogPosition.read(lastEventId).orElse(null);
        findings.require(position != null, "Last-Event-ID", "is not the id of an event of this stream");
        return position == null ? LogPosition.START : position;
    }

    private static Set<Channel> channels(@Nullable String stream) {
        return stream == null
                ? EnumSet.allOf(Channel.class)
                : EnumSet.of(Channel.valueOf(stream.toUpperCase(Locale.ROOT)));
    }

    /** A browser comes back after the end too, until it is told that there is nothing more. */
    private void follow(
            Caller caller, TaskRow task, LogPosition from, Set<Channel> channels, HttpServletResponse response)
            throws IOException {
        if (!from.end()) {
            streams.open(caller, logs.follow(task, from, channels), response);
        } else if (task.standing().ended()) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
        } else {
            streams.open(caller, logs.follow(task, LogPosition.START, channels), response);
        }
    }

    private void send(TaskRow task, boolean stderr, HttpServletResponse response) throws IOException {
        TaskFiles files = task.kept();
        Kept kept = stderr ? files.stderr() : files.stdout();
        if (kept == null) {
            throw Problem.NOT_FOUND.with("log of task " + Shown.of(task.id())
                    + (task.standing().ended()
                            ? ": nothing of it had run when it ended"
                            : " yet; it is collected when the task ends"));
        }
        if (!content.send(kept, PLAIN_UTF8, null, response)) {
            throw Problem.NOT_FOUND.with("log of task " + Shown.of(task.id()) + " any more");
        }
    }
}
