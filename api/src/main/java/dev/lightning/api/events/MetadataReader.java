package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import dev.lightning.workflows.events.Metadata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns JSON into the plain, exact values of {@link Metadata} and names every value that cannot be one. */
final class MetadataReader {
    /** More findings than this would help nobody and only make the answer long. */
    private static final int MAX_FINDINGS = 20;

    private static final int MAX_EXPONENT = 330;

    private final Findings findings;
    private int found;

    private MetadataReader(Findings findings) {
        this.findings = findings;
    }

    /** The values of a JSON object; meaningless when there are new findings. */
    static Map<String, @Nullable Object> object(JsonNode object, String path, Findings findings) {
        return new MetadataReader(findings).object(object, path, 1);
    }

    /** Any JSON value that will stand in the metadata under a name of its own. */
    static @Nullable Object value(JsonNode value, String path, Findings findings) {
        return new MetadataReader(findings).value(value, path, 1);
    }

    private Map<String, @Nullable Object> object(JsonNode object, String path, int depth) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (isShallowEnough(path, depth)) {
            object.properties().forEach(property -> {
                String at = path + "." + Shown.of(property.getKey());
                sound(property.getKey(), at);
                values.put(property.getKey(), value(property.getValue(), at, depth));
            });
        }
        return values;
    }

    private List<@Nullable Object> array(JsonNode array, String path, int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        if (isShallowEnough(path, depth)) {
            for (int at = 0; at < array.size(); at++) {
                values.add(value(array.get(at), path + "[" + at + "]", depth));
            }
        }
        return values;
    }

    private @Nullable Object value(JsonNode value, String path, int depth) {
        return switch (value.getNodeType()) {
            case OBJECT -> object(value, path, depth + 1);
            case ARRAY -> array(value, path, depth + 1);
            case STRING -> sound(value.stringValue(), path);
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> number(value, path);
            case NULL -> null;
            case BINARY, MISSING, POJO -> find(path, "is not a JSON value");
        };
    }

    private Object number(JsonNode number, String path) {
        if (number.isIntegralNumber()) {
            return number.numberValue();
        }
        BigDecimal exact = number.decimalValue();
        if (exact.signum() == 0) {
            return BigDecimal.ZERO;
        }
        long exponent = (long) exact.precision() - exact.scale();
        if (Math.abs(exponent) > MAX_EXPONENT) {
            find(path, "is a number beyond what JSON programs can hold");
        }
        return exact;
    }

    private String sound(String text, String path) {
        String fault = Texts.fault(text);
        if (fault != null) {
            find(path, fault);
        }
        return text;
    }

    private boolean isShallowEnough(String path, int depth) {
        if (depth > Metadata.MAX_DEPTH) {
            find(path, "is nested deeper than " + Metadata.MAX_DEPTH + " levels");
            return false;
        }
        return true;
    }

    private @Nullable Object find(String path, String message) {
        if (found++ < MAX_FINDINGS) {
            findings.add(path, message);
        }
        return null;
    }
}
