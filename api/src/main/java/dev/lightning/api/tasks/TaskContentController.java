package dev.lightning.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.storage.rows.TaskFiles.Artifact;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.workflows.events.Owner;
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
import java.util.regex.Pattern;
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
    /** What the firewall in front of us takes for an attack in a path, however it is written there. */
    private static final Pattern REFUSED_IN_PATHS = Pattern.compile("[%;\\\\\\p{Cntrl}\u0080-\u009f\u2028\u2029]|//");

    /** What no header can carry, or what a name that is shown or saved must not do to the line that it stands in. */
    private static final Pattern REFUSED_IN_NAMES = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^ -~]");

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
        send(ActingFor.owner(caller, userId), id, path.startsWith("/") ? path.substring(1) : path, response);
    }

    @GetMapping(path = "/artifact", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "GetArtifactNamed",
            summary = "Fetch a file that a task left, whatever its name",
            description = "For names that no path can carry, like 100% or a;b; ListArtifacts links here where need be")
    @ApiResponse(
            responseCode = "200",
            description = "The content",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    void artifactNamed(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam @Parameter(description = "As ListArtifacts says it") String path,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletResponse response)
            throws IOException {
        send(ActingFor.owner(caller, userId), id, path, response);
    }

    /** Nothing but what the task's row lists is ever opened. */
    private void send(Owner owner, String id, String wanted, HttpServletResponse response) throws IOException {
        Artifact artifact = tasks.find(owner, id).kept().artifacts().stream()
                .filter(candidate -> candidate.path().equals(wanted))
                .findFirst()
                .orElseThrow(() -> missing(wanted));
        String type = MediaType.APPLICATION_OCTET_STREAM_VALUE;
        if (!content.send(artifact.content(), type, attachment(wanted), response)) {
            throw missing(wanted);
        }
    }

    private static String link(TaskRow row, Artifact artifact) {
        String path = artifact.path();
        String task = "/api/tasks/" + row.id();
        return REFUSED_IN_PATHS.matcher(path).find()
                ? task + "/artifact?path=" + UriUtils.encode(path, StandardCharsets.UTF_8)
                : task + "/artifacts/" + UriUtils.encodePath(path, StandardCharsets.UTF_8);
    }

    /** A name that is not plain ASCII stands in the header a second time, in the only way that it can be whole. */
    private static String attachment(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        String name = REFUSED_IN_NAMES.matcher(last).replaceAll("_");
        String plain = BEYOND_ASCII.matcher(name).replaceAll("_");
        String header = ContentDisposition.attachment().filename(plain).build().toString();
        return plain.equals(name)
                ? header
                : header + "; filename*=UTF-8''" + UriUtils.encode(name, StandardCharsets.UTF_8);
    }

    private static ErrorResponseException missing(String path) {
        return Problem.noSuch("artifact", path);
    }
}
