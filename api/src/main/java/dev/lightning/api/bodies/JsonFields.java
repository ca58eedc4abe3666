package dev.lightning.api.bodies;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.InvalidRequestException;
import dev.lightning.api.errors.Shown;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

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

    /** The truth value, or null when there is none. */
    public @Nullable Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : Boolean.valueOf(value.booleanValue());
        }
        findings.add(at(name), "must be true or false");
        return null;
    }

    /** The number within these bounds, or null when there is none. */
    public @Nullable BigDecimal number(String name, BigDecimal least, BigDecimal most) {
        JsonNode value = value(name);
        if (value == null || isWithin(value, least, most)) {
            return value == null ? null : value.decimalValue();
        }
        findings.add(at(name), "must be a number from " + plain(least) + " to " + plain(most));
        return null;
    }

    /** The number without a fraction within these bounds, or null when there is none. */
    public @Nullable Integer wholeNumber(String name, int least, int most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (isWithin(value, BigDecimal.valueOf(least), BigDecimal.valueOf(most))
                && value.decimalValue().stripTrailingZeros().scale() <= 0) {
            return value.decimalValue().intValueExact();
        }
        findings.add(at(name), "must be a whole number from " + least + " to " + most);
        return null;
    }

    private static boolean isWithin(JsonNode value, BigDecimal least, BigDecimal most) {
        return value.isNumber()
                && value.decimalValue().compareTo(least) >= 0
                && value.decimalValue().compareTo(most) <= 0;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** The list of strings, empty when there is none. */
    public List<String> texts(String name) {
        return List.copyOf(placedTexts(name).values());
    }

    /** The list of strings by their JSON paths, for findings about some of them; what is no string is left out. */
    public SequencedMap<String, String> placedTexts(String name) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        JsonNode value = value(name);
        if (value != null && !value.isArray()) {
            findings.add(at(name), "must be a list of strings");
        } else if (value != null) {
            for (int at = 0; at < value.size(); at++) {
                String place = at(name) + "[" + at + "]";
                if (value.get(at).isString()) {
                    texts.put(place, value.get(at).stringValue());
                    findings.require(
                            isWhole(value.get(at).stringValue()),
                            place,
                            "contains half a surrogate pair, which is no character");
                } else {
                    findings.add(place, "must be a string");
                }
            }
        }
        return texts;
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /** The strings by their names, empty when there are none. */
    public SequencedMap<String, String> namedTexts(String name) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        JsonNode value = object(name);
        if (value != null) {
            value.properties().forEach(property -> {
                if (property.getValue().isString()) {
                    texts.put(property.getKey(), property.getValue().stringValue());
                } else {
                    findings.add(at(name) + "." + Shown.of(property.getKey()), "must be a string");
                }
            });
        }
        return texts;
    }

    /** The fields of the object under this name; those of an empty object when there is none. */
    public JsonFields inside(String name) {
        JsonNode value = object(name);
        return new JsonFields(value == null ? JsonNodeFactory.instance.objectNode() : value, at(name), findings);
    }

    private @Nullable JsonNode object(String name) {
        JsonNode value = value(name);
        if (value == null || value.isObject()) {
            return value;
        }
        findings.add(at(name), "must be a JSON object");
        return null;
    }

    /** The value of whatever type, for who reads on in it; null in JSON counts as none. */
    public @Nullable JsonNode value(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
