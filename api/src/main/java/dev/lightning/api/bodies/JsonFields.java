package dev.lightning.api.bodies;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.errors.Shown;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes values out of a JSON object and says where one is missing, unknown or of the wrong type. */
public final class JsonFields {
    private final JsonNode object;
    private final String path;
    private final Findings findings;

    /** Takes the JSON path of the object, empty for the body itself. */
    public JsonFields(JsonNode object, String path, Findings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
    }

    /** The fields of a body that has to be an object; throws when it is none. */
    public static JsonFields ofBody(JsonNode body, Findings findings) {
        if (!body.isObject()) {
            throw new InvalidRequestException("body", "must be a JSON object");
        }
        return new JsonFields(body, "", findings);
    }

    /** The JSON path of a field, for findings about it. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Finds the fields that nobody knows, which are often misspelt; {@code kind} says what they are no field of. */
    public void refuseOthersThan(Collection<String> known, String kind) {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(at(Shown.of(name)), "is not a field of " + kind));
    }

    /** The string; null, with a finding, when there is none. */
    public @Nullable String requiredText(String name) {
        if (value(name) == null) {
            findings.add(at(name), "is required");
            return null;
        }
        return text(name);
    }

    /** The string, or null when there is none; null in JSON counts as none. */
    public @Nullable String text(String name) {
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

    /** The value of whatever type, for who reads on in it; null in JSON counts as none. */
    public @Nullable JsonNode value(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
