package dev.lightning.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Adds to every operation the problems that it can answer because of what it takes, and describes all problems alike.
 * What only a controller knows, a conflict or a limit of its own, it says itself.
 */
final class CommonAnswers implements GlobalOpenApiCustomizer {
    /** An answer that operations of some kind may give. */
    private record Common(String status, String description, Predicate<Operation> given) {}

    private static final List<Common> ALL = List.of(
            new Common("400", "The request has errors, all of which are listed", CommonAnswers::takesAnything),
            new Common("401", "A valid bearer token is needed", operation -> !Operations.isPublic(operation)),
            new Common("403", "Only an admin may name another user", operation -> takes(operation, "userID")),
            new Common(
                    "404", "There is no such thing, or it is somebody else's", operation -> takesA(operation, "path")),
            new Common("406", "There is no answer in a media type that Accept allows", _ -> true),
            new Common("413", "The body is too large", CommonAnswers::takesBody),
            new Common("415", "The content type is not one that is read here", CommonAnswers::takesBody),
            new Common(
                    "503",
                    "Something that is needed cannot be reached; try again",
                    operation -> !Operations.isPublic(operation)));

    @Override
    public void customise(OpenAPI api) {
        Components components = api.getComponents();
        components.addSchemas("FieldError", ProblemSchemas.fieldError());
        components.addSchemas("Problem", ProblemSchemas.problem());
        components.getSchemas().remove("ProblemDetail");
        Operations.of(api).forEach(CommonAnswers::complete);
    }

    private static void complete(Operation operation) {
        ApiResponses answers = operation.getResponses();
        ALL.stream()
                .filter(common -> common.given().test(operation))
                .filter(common -> !answers.containsKey(common.status()))
                .forEach(common ->
                        answers.addApiResponse(common.status(), new ApiResponse().description(common.description())));
        answers.forEach(CommonAnswers::describe);
        Map<String, ApiResponse> sorted = new TreeMap<>(answers);
        answers.clear();
        answers.putAll(sorted);
    }

    private static void describe(String status, ApiResponse answer) {
        if (status.compareTo("400") >= 0) {
            answer.content(new Content().addMediaType("application/problem+json", ProblemSchemas.content()));
        }
        switch (status) {
            case "401" -> header(answer, "WWW-Authenticate", "How to sign in", new StringSchema());
            case "429", "503" -> header(answer, "Retry-After", "In how many seconds to try again", seconds());
            default -> {
                // says it all in its body
            }
        }
    }

    private static void header(ApiResponse answer, String name, String description, Schema<?> schema) {
        Map<String, Header> headers = answer.getHeaders() == null ? new LinkedHashMap<>() : answer.getHeaders();
        headers.putIfAbsent(
                name, new Header().description(description).required(true).schema(schema));
        answer.setHeaders(headers);
    }

    private static Schema<?> seconds() {
        IntegerSchema seconds = new IntegerSchema();
        seconds.setMinimum(BigDecimal.ONE);
        return seconds;
    }

    private static boolean takesAnything(Operation operation) {
        return takesBody(operation)
                || (operation.getParameters() != null
                        && !operation.getParameters().isEmpty());
    }

    private static boolean takesBody(Operation operation) {
        return operation.getRequestBody() != null;
    }

    private static boolean takes(Operation operation, String name) {
        return anyParameter(operation, parameter -> parameter.getName().equals(name));
    }

    private static boolean takesA(Operation operation, String place) {
        return anyParameter(operation, parameter -> parameter.getIn().equals(place));
    }

    private static boolean anyParameter(Operation operation, Predicate<Parameter> wanted) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(wanted);
    }
}
