package dev.lightning.api.repositories;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.api.security.ActingFor;
import dev.lightning.api.security.Caller;
import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.workflows.events.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The registry of a user's repositories over HTTP. */
@RestController
@RequestMapping(path = "/api/repos", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Repositories")
final class RepoController {
    private static final Logger log = LoggerFactory.getLogger(RepoController.class);
    private static final Pattern POSSIBLE_NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final RepoRows rows;
    private final RepoUrls urls;
    private final PageTokens tokens;
    private final Clock clock;

    RepoController(RepoRows rows, RepoUrls urls, PageTokens tokens, Clock clock) {
        this.rows = rows;
        this.urls = urls;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A repository as clients see it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Repo(
            String name,
            String url,
            @Nullable String defaultRef,
            @Nullable String secretRef,
            Instant createdAt) {
        static Repo of(RepoRow row) {
            return new Repo(row.name(), row.url(), row.defaultRef(), row.secretRef(), row.createdAt());
        }
    }

    /** A page of repositories; {@code nextPageToken} is absent on the last one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RepoList(List<Repo> repos, @Nullable String nextPageToken) {}

    @PostMapping
    @Operation(
            operationId = "CreateRepo",
            summary = "Register a repository",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewRepo.class))))
    @ApiResponse(responseCode = "201", description = "It is registered; Location names it", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "There is a repository of this name")
    ResponseEntity<Repo> create(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            @RequestBody JsonNode body) {
        Owner owner = ActingFor.owner(caller, userId);
        RepoRow row = NewRepo.read(body, urls, clock.instant());
        if (!rows.insert(owner.key(), row)) {
            throw Problem.CONFLICT.with("There is a repository named " + row.name() + " already");
        }
        log.info("event=repo.created repo={}/{}", owner.key(), row.name());
        return ResponseEntity.created(URI.create("/api/repos/" + row.name())).body(Repo.of(row));
    }

    @GetMapping
    @Operation(operationId = "ListRepos", summary = "List repositories, a page at a time")
    @ApiResponse(responseCode = "200", description = "A page of repositories", useReturnTypeSchema = true)
    RepoList list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String pageSize,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(name = "userID", required = false) @Nullable String userId,
            HttpServletRequest request) {
        PageRequest asked = PageRequest.of(pageSize, pageToken, request);
        Owner owner = ActingFor.owner(caller, userId);
        String scope = "repos\n" + owner.key();
        RepoRows.Listed page = rows.list(owner.key(), asked.firstRow(tokens, scope), asked.size());
        return new RepoList(page.rows().stream().map(Repo::of).toList(), tokens.issue(scope, page.nextRow()));
    }

    @GetMapping("/{name}")
    @Operation(operationId = "GetRepo", summary = "Show a repository")
    @ApiResponse(responseCode = "200", description = "The repository", useReturnTypeSchema = true)
    Repo show(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        return Repo.of(row(ActingFor.owner(caller, userId), name));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteRepo", summary = "Forget a repository")
    @ApiResponse(responseCode = "204", description = "It is forgotten")
    void delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String name,
            @RequestParam(name = "userID", required = false) @Nullable String userId) {
        Owner owner = ActingFor.owner(caller, userId);
        rows.delete(owner.key(), row(owner, name).name());
        log.info("event=repo.deleted repo={}/{}", owner.key(), name);
    }

    private RepoRow row(Owner owner, String name) {
        if (!POSSIBLE_NAME.matcher(name).matches()) {
            throw notFound(name);
        }
        return rows.find(owner.key(), name).orElseThrow(() -> notFound(name));
    }

    private static ErrorResponseException notFound(String name) {
        return Problem.noSuch("repository", name);
    }
}
