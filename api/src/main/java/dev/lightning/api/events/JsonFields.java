package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes values out of a JSON object and says where one is missing, unknown or of the wrong type. */
final class JsonFields {
    private final JsonNode object;
    private final String path;
    private final Findings findings;

    JsonFields(JsonNode object, String path, Findings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
    }

    /** The JSON path of a field. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void refuseOthersThan(Collection<String> known) {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(at(Shown.of(name)), "is not a field of an event"));
    }

    @Nullable
    String requiredText(String name) {
        if (value(name) == null) {
            findings.add(at(name), "is required");
            return null;
        }
        return text(name);
    }

    /** The string, or null when there is none; null in JSON counts as none. */
    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            findings.add(at(name), "must be a string");
            return null;
        }
        return value.stringValue();
    }

    @Nullable
    JsonNode value(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
