package dev.lightning.api.openapi;

import dev.lightning.api.paging.PageRequest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Describes once the parameters that mean the same wherever they occur. */
final class CommonParameters implements GlobalOpenApiCustomizer {
    @Override
    public void customise(OpenAPI api) {
        Operations.of(api)
                .map(Operation::getParameters)
                .filter(parameters -> parameters != null)
                .forEach(parameters -> parameters.forEach(CommonParameters::describe));
    }

    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "pageSize" -> parameter.description("How many to list at most").schema(size());
            case "pageToken" ->
                parameter.description("What the page before said is next; without it the list starts at its beginning");
            case "userID" -> parameter.description("Whose, for an admin; everybody else sees their own");
            default -> {
                // described where it stands
            }
        }
    }

    private static IntegerSchema size() {
        IntegerSchema size = new IntegerSchema();
        size.setMinimum(BigDecimal.ONE);
        size.setMaximum(BigDecimal.valueOf(PageRequest.LARGEST));
        size.setDefault(PageRequest.USUAL);
        return size;
    }
}
