package dev.lightning.api.openapi;

import dev.lightning.api.paging.PageRequest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Describes once the parameters that mean the same wherever they occur. */
final class CommonParameters implements GlobalOpenApiCustomizer {
    @Override
    public void customise(OpenAPI api) {
        Operations.of(api)
                .filter(operation -> operation.getParameters() != null)
                .forEach(operation -> operation.getParameters().forEach(parameter -> describe(parameter, operation)));
    }

    private static void describe(Parameter parameter, Operation operation) {
        switch (parameter.getName()) {
            case "pageSize" -> parameter.description("How many to list at most").schema(size());
            case "pageToken" ->
                parameter.description("What the page before said is next; without it the list starts at its beginning");
            case "userID" -> parameter.description("Whose, for an admin; everybody else sees their own");
            case "id" -> parameter.example(example(operation));
            default -> {
                // described where it stands
            }
        }
    }

    /** What the examples of the bodies make. */
    private static @Nullable String example(Operation operation) {
        if (operation.getTags().contains("Events")) {
            return "hello-1";
        }
        return operation.getTags().contains("Schedules") ? "morning" : null;
    }

    private static IntegerSchema size() {
        IntegerSchema size = new IntegerSchema();
        size.setMinimum(BigDecimal.ONE);
        size.setMaximum(BigDecimal.valueOf(PageRequest.LARGEST));
        size.setDefault(PageRequest.USUAL);
        return size;
    }
}
