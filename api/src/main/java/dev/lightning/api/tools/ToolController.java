package dev.lightning.api.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.storage.rows.ToolDefinition.Kind;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The tools of a user over HTTP. */
@RestController
@RequestMapping(path = "/api/tools", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tools")
final class ToolController {
    private final Definitions definitions;
    private final PageTokens tokens;

    ToolController(Definitions definitions, PageTokens tokens) {
        this.definitions = definitions;
        this.tokens = tokens;
    }

    /** A page of tools; {@code nextPageToken} is absent on the last one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolList(List<ToolView> tools, @Nullable String nextPageToken) {}

    @PostMapping
    @Operation(
            operationId = "CreateTool",
            summary = "Define a tool, which events of the types it accepts will start",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ToolBody.class))))
    @ApiResponse(responseCode = "201", description = "It is defined; Location names it", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "The name is taken, or there are too many definitions")
    ResponseEntity<ToolView> create(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody JsonNode body) {
        ToolRow row = definitions.create(ActingFor.owner(caller, userId), Kind.TOOL, body);
        return ResponseEntity.created(URI.create("/api/tools/" + row.name()))
                .eTag(Etags.of(row))
                .body(ToolView.of(row));
    }

    @GetMapping
    @Operation(operationId = "ListTools", summary = "List tools by name, a page at a time")
    @ApiResponse(responseCode = "200", description = "A page of tools", useReturnTypeSchema = true)
    ToolList list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletRequest request) {
        PageRequest asked = PageRequest.of(pageSize, pageToken, request);
        Owner owner = ActingFor.owner(caller, userId);
        String scope = "tools\n" + owner.key();
        ToolRows.Listed page = definitions.list(owner, Kind.TOOL, asked.firstRow(tokens, scope), asked.size());
        return new ToolList(page.rows().stream().map(ToolView::of).toList(), tokens.issue(scope, page.nextRow()));
    }

    @GetMapping("/{name:[^:]+}")
    @Operation(operationId = "GetTool", summary = "Show a tool; the ETag names this version of it")
    @ApiResponse(responseCode = "200", description = "The tool", useReturnTypeSchema = true)
    ResponseEntity<ToolView> show(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return answer(definitions.find(ActingFor.owner(caller, userId), Kind.TOOL, name));
    }

    @PutMapping("/{name:[^:]+}")
    @Operation(
            operationId = "ReplaceTool",
            summary = "Replace a tool; runs that have begun go on as they are",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ToolBody.class))))
    @ApiResponse(responseCode = "200", description = "The tool as it is now", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "Others are changing it at the same time")
    @ApiResponse(responseCode = "412", description = "It is not a version that If-Match or If-None-Match allows")
    ResponseEntity<ToolView> replace(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestBody JsonNode body) {
        return answer(
                definitions.replace(ActingFor.owner(caller, userId), Kind.TOOL, name, body, ifMatch, ifNoneMatch));
    }

    @DeleteMapping("/{name:[^:]+}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteTool", summary = "Forget a tool; runs that have begun go on")
    @ApiResponse(responseCode = "204", description = "It is forgotten")
    @ApiResponse(responseCode = "409", description = "Others are changing it at the same time")
    @ApiResponse(responseCode = "412", description = "It is no longer the version that If-Match names")
    void delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        definitions.delete(ActingFor.owner(caller, userId), Kind.TOOL, name, ifMatch);
    }

    private static ResponseEntity<ToolView> answer(ToolRow row) {
        return ResponseEntity.ok().eTag(Etags.of(row)).body(ToolView.of(row));
    }
}
