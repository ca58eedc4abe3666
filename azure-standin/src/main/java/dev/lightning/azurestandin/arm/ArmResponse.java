package dev.lightning.azurestandin.arm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is sent back; without a body for null. */
public record ArmResponse(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    /** An answer with a body. */
    public static ArmResponse of(int status, JsonNode body) {
        return new ArmResponse(status, Map.of(), body);
    }

    /** An answer that its status says all of. */
    public static ArmResponse empty(int status) {
        return new ArmResponse(status, Map.of(), null);
    }

    /** The same with one header more. */
    public ArmResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ArmResponse(status, more, body);
    }
}
