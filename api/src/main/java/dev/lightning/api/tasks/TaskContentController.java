package dev.lightning.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.storage.rows.TaskFiles.Artifact;
import dev.lightning.providers.storage.rows.TaskRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** The files that tasks left; none is ever shown by a browser as a page of ours. */
@RestController
@RequestMapping("/api/tasks/{id}")
@Tag(name = "Tasks")
final class TaskContentController {
    private final Tasks tasks;
    private final KeptContent content;

    TaskContentController(Tasks tasks, KeptContent content) {
        this.tasks = tasks;
        this.content = content;
    }

    /** A file that a task left. */
    record ArtifactView(String path, long bytes, String link) {}

    /**
     * The files that a task left, by path.
     *
     * @param artifactsDropped how many more it left that are not kept, absent for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ArtifactList(
            List<ArtifactView> artifacts, @Nullable Integer artifactsDropped) {}

    @GetMapping(path = "/artifacts", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "ListArtifacts",
            summary = "List the files that a task left; none before it has ended",
            description = "Kept are the first 100 by path that fit into the tool's limit of output together; one that "
                    + "does not fit is left out, and artifactsDropped says how many are.")
    @ApiResponse(responseCode = "200", description = "The files", useReturnTypeSchema = true)
    ArtifactList artifacts(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        TaskRow row = tasks.find(ActingFor.owner(caller, userId), id);
        return new ArtifactList(
                row.kept().artifacts().stream()
                        .map(artifact -> new ArtifactView(
                                artifact.path(), artifact.content().bytes(), link(row, artifact)))
                        .toList(),
                row.kept().dropped());
    }

    @GetMapping(path = "/artifacts/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(operationId = "GetArtifact", summary = "Fetch a file that a task left")
    @ApiResponse(
            responseCode = "200",
            description = "The content",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    void artifact(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @PathVariable @Parameter(description = "As ListArtifacts says it") String path,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletResponse response)
            throws IOException {
        String wanted = path.startsWith("/") ? path.substring(1) : path;
        Artifact artifact = tasks.find(ActingFor.owner(caller, userId), id).kept().artifacts().stream()
                .filter(candidate -> candidate.path().equals(wanted))
                .findFirst()
                .orElseThrow(() -> missing(wanted));
        String type = MediaType.APPLICATION_OCTET_STREAM_VALUE;
        if (!content.send(artifact.content(), type, attachment(wanted), response)) {
            throw missing(wanted);
        }
    }

    private static String link(TaskRow row, Artifact artifact) {
        return "/api/tasks/" + row.id() + "/artifacts/" + UriUtils.encodePath(artifact.path(), StandardCharsets.UTF_8);
    }

    private static String attachment(String path) {
        return ContentDisposition.attachment()
                .filename(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static ErrorResponseException missing(String path) {
        return Problem.noSuch("artifact", path);
    }
}
