package dev.lightning.azurestandin.arm;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked.
 *
 * @param endpoint how the client reaches the stand-in, for the addresses in answers
 * @param url path and query as they came
 */
public record ArmRequest(
        String method,
        String endpoint,
        String url,
        ArmPath path,
        Map<String, String> query,
        @Nullable JsonNode body) {

    /** The method, or LIST for a GET of a collection. */
    public String verb() {
        String verb = method.equals("HEAD") ? "GET" : method;
        return verb.equals("GET") && path.isCollection() ? "LIST" : verb;
    }

    /** What faults and tests call the thing that is asked for. */
    public String target() {
        return path.target();
    }

    /** The name of the resource that it is about. */
    public String name() {
        return path.name();
    }

    /** The body, which has to be an object. */
    public ObjectNode object() {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw new ArmException(
                400,
                "InvalidRequestContent",
                "The request content was invalid and could not be deserialized: an object is expected.");
    }

    String apiVersion() {
        return query.getOrDefault("api-version", "");
    }
}
