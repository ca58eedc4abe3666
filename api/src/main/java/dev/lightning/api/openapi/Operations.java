package dev.lightning.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import java.util.stream.Stream;

/** Finds the operations of a description. */
final class Operations {
    private Operations() {}

    static Stream<Operation> of(OpenAPI api) {
        return api.getPaths() == null
                ? Stream.empty()
                : api.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }

    /** Whether anybody may call it: it says that it needs nothing of what the whole API needs. */
    static boolean isPublic(Operation operation) {
        return operation.getSecurity() != null && operation.getSecurity().isEmpty();
    }
}
