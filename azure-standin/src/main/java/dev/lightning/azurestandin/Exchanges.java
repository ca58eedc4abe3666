package dev.lightning.azurestandin;

import com.sun.net.httpserver.HttpExchange;
import dev.lightning.azurestandin.arm.ArmPath;
import dev.lightning.azurestandin.arm.ArmRequest;
import dev.lightning.azurestandin.arm.ArmResponse;
import dev.lightning.azurestandin.arm.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads requests from HTTP and writes answers to it, with the headers that Azure gives every answer. */
final class Exchanges {
    private Exchanges() {}

    static ArmRequest read(HttpExchange exchange, String endpoint) throws IOException {
        URI uri = exchange.getRequestURI();
        return new ArmRequest(
                exchange.getRequestMethod(),
                endpoint,
                uri.toString(),
                ArmPath.parse(uri.getRawPath()),
                query(uri.getRawQuery()),
                body(exchange));
    }

    static @Nullable JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        if (bytes.length == 0) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            return Json.MAPPER.nullNode();
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            query.put(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static void write(HttpExchange exchange, ArmResponse response) throws IOException {
        String id = UUID.randomUUID().toString();
        exchange.getResponseHeaders().set("x-ms-request-id", id);
        exchange.getResponseHeaders().set("x-ms-correlation-request-id", id);
        exchange.getResponseHeaders().set("x-ms-routing-request-id", "STANDIN:" + id);
        exchange.getResponseHeaders().set("x-ms-ratelimit-remaining-subscription-reads", "11999");
        response.headers()
                .forEach((header, value) -> exchange.getResponseHeaders().set(header, value));
        JsonNode body = response.body();
        if (body == null || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(response.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
