package dev.lightning.azurestandin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lightning.azurestandin.arm.ArmResponse;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.faults.Fault;
import dev.lightning.azurestandin.faults.FaultScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What Azure does not have: faults to be ordered, and what was asked and what there is to be looked at. */
final class ControlDoor implements HttpHandler {
    private static final String EXPECTED = "A fault is a JSON object such as {\"verb\": \"PUT\", \"effect\":"
            + " {\"kind\": \"throttle\", \"retryAfter\": 5}}; one of them or an array is expected";

    private final FaultScript faults;
    private final Supplier<Object> requests;
    private final Supplier<Object> resources;

    ControlDoor(FaultScript faults, Supplier<Object> requests, Supplier<Object> resources) {
        this.faults = faults;
        this.requests = requests;
        this.resources = resources;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        JsonNode body = what.startsWith("POST /faults") ? Exchanges.body(exchange) : null;
        Exchanges.write(exchange, answer(what, body));
    }

    private ArmResponse answer(String what, @Nullable JsonNode body) {
        return switch (what) {
            case "POST /faults" -> add(body);
            case "GET /faults" -> told(faults.all());
            case "DELETE /faults" -> {
                faults.clear();
                yield ArmResponse.empty(204);
            }
            case "GET /requests" -> told(requests.get());
            case "GET /resources" -> told(resources.get());
            default ->
                what.startsWith("POST ") && what.endsWith("/oauth2/v2.0/token") ? token() : ArmResponse.empty(404);
        };
    }

    private ArmResponse add(@Nullable JsonNode body) {
        try {
            List<Fault> wanted = new ArrayList<>();
            for (JsonNode fault : body instanceof ArrayNode several ? several : List.of(orNull(body))) {
                if (!fault.isObject()) {
                    return ArmResponse.of(400, Json.object().put("error", EXPECTED));
                }
                wanted.add(Json.MAPPER.treeToValue(fault, Fault.class));
            }
            // All of them or none, so that a script with a mistake can be sent again.
            wanted.forEach(faults::add);
            return told(faults.all());
        } catch (JacksonException e) {
            return ArmResponse.of(400, Json.object().put("error", e.getOriginalMessage()));
        }
    }

    private static JsonNode orNull(@Nullable JsonNode body) {
        return body == null ? Json.MAPPER.nullNode() : body;
    }

    private static ArmResponse told(Object object) {
        return ArmResponse.of(200, Json.MAPPER.valueToTree(object));
    }

    private static ArmResponse token() {
        return ArmResponse.of(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", 3599)
                        .put("ext_expires_in", 3599)
                        .put("access_token", "stand-in"));
    }
}
