package dev.lightning.api.errors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the pages that the {@code type} of every problem points to. */
@RestController
@RequestMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Problems")
final class ProblemController {
    @GetMapping
    @SecurityRequirements
    @Operation(operationId = "ListProblems", summary = "Lists every problem this API can answer with")
    @ApiResponse(responseCode = "200", description = "All problems", useReturnTypeSchema = true)
    ProblemPages list() {
        return new ProblemPages(
                Arrays.stream(Problem.values()).map(ProblemPage::of).toList());
    }

    @GetMapping("/{slug}")
    @SecurityRequirements
    @Operation(operationId = "GetProblem", summary = "Explains one problem")
    @ApiResponse(responseCode = "200", description = "What it means and what to do", useReturnTypeSchema = true)
    ProblemPage show(@PathVariable String slug) {
        return Arrays.stream(Problem.values())
                .filter(problem -> problem.slug().equals(slug))
                .findFirst()
                .map(ProblemPage::of)
                .orElseThrow(() -> Problem.NOT_FOUND.with("such problem"));
    }

    record ProblemPages(List<ProblemPage> problems) {}

    record ProblemPage(String type, int status, String title, String description) {
        static ProblemPage of(Problem problem) {
            return new ProblemPage(
                    "/problems/" + problem.slug(),
                    problem.status().value(),
                    problem.status().getReasonPhrase(),
                    ProblemTexts.explain(problem));
        }
    }
}
