package dev.lightning.azurestandin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that has come in, for assertions.
 *
 * @param verb as faults have it, so LIST for the GET of a collection
 * @param type the type with its action, as faults have it
 * @param status of the answer; 0 for none
 * @param body as it came, with secrets; it is not told over HTTP
 */
public record AskedRequest(
        Instant at,
        String verb,
        String type,
        String name,
        String url,
        Map<String, String> query,
        int status,
        @JsonIgnore @Nullable JsonNode body) {}
