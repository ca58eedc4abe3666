package dev.lightning.api.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.List;

/** What a problem looks like to a client. */
final class ProblemSchemas {
    private ProblemSchemas() {}

    static Schema<?> fieldError() {
        Schema<?> error = new ObjectSchema().description("One thing that is wrong with a request");
        error.addProperty("field", text("The JSON path, header or parameter it is about", "metadata.prompt"));
        error.addProperty("message", text("What is wrong with it", "is required"));
        error.setRequired(List.of("field", "message"));
        return error;
    }

    static Schema<?> problem() {
        Schema<?> problem = new ObjectSchema().description("Why a request did not succeed, as RFC 9457 has it");
        problem.addProperty("type", text("Leads to a page that explains it", "/problems/invalid-request"));
        problem.addProperty("title", text("The status in words", "Bad Request"));
        problem.addProperty("status", status());
        problem.addProperty("detail", text("What went wrong", "The request has errors"));
        problem.addProperty("instance", text("The path that was asked", "/api/events"));
        problem.addProperty("errors", new ArraySchema().items(reference("FieldError")));
        problem.setRequired(List.of("type", "title", "status", "detail"));
        return problem;
    }

    private static Schema<?> status() {
        Schema<?> status = new IntegerSchema().description("The status of the answer");
        status.setMinimum(BigDecimal.valueOf(400));
        status.setMaximum(BigDecimal.valueOf(599));
        return status;
    }

    static MediaType content() {
        return new MediaType().schema(reference("Problem"));
    }

    private static Schema<?> text(String description, String example) {
        return new StringSchema().description(description).example(example);
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
