package dev.lightning.providers.schemas;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.dialect.DialectId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Refuses schemas that point outside of themselves, into themselves for ever, or to more than anybody can check. */
final class SchemaShape {
    private static final int MOST_NODES = 5_000;
    private static final String REF = "$ref";
    private static final Set<String> REFUSED = Set.of(
            "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary");

    private final JsonNode root;
    private final Map<String, Long> known = new LinkedHashMap<>();
    private final List<String> following = new ArrayList<>();

    private SchemaShape(JsonNode root) {
        this.root = root;
    }

    static void require(JsonNode schema) throws InvalidSchemaException {
        SchemaShape shape = new SchemaShape(schema);
        if (shape.nodes(schema) > MOST_NODES) {
            throw new InvalidSchemaException("is too large once its references are followed");
        }
    }

    /** How many values there are to look at, references followed; counting ends soon after there are too many. */
    private long nodes(JsonNode node) throws InvalidSchemaException {
        long count = 1;
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            count += nodes(property.getKey(), property.getValue());
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                count += nodes(element);
            }
        }
        return Math.min(count, MOST_NODES + 1L);
    }

    private long nodes(String name, JsonNode value) throws InvalidSchemaException {
        if (value.isString() && name.equals(REF)) {
            return referred(value.stringValue());
        }
        if (value.isString() && REFUSED.contains(name)) {
            throw new InvalidSchemaException("must not use " + name);
        }
        if (value.isString() && name.equals("$schema") && !value.stringValue().equals(DialectId.DRAFT_2020_12)) {
            throw new InvalidSchemaException("must be of draft 2020-12, which is " + DialectId.DRAFT_2020_12);
        }
        if (value.isString() && name.equals("pattern")) {
            requirePattern(value.stringValue());
        }
        if (value.isObject() && name.equals("patternProperties")) {
            for (String pattern : value.propertyNames()) {
                requirePattern(pattern);
            }
        }
        return nodes(value);
    }

    private long referred(String reference) throws InvalidSchemaException {
        Long before = known.get(reference);
        if (before != null) {
            return before;
        }
        JsonNode target = target(reference);
        if (target == null) {
            throw new InvalidSchemaException("may refer only to what is in it, like #/$defs/name");
        }
        if (following.contains(reference)) {
            throw new InvalidSchemaException("must not refer to itself");
        }
        following.add(reference);
        long count = nodes(target);
        following.removeLast();
        known.put(reference, count);
        return count;
    }

    private @Nullable JsonNode target(String reference) {
        if (!reference.startsWith("#/") || reference.indexOf('%') >= 0) {
            return null;
        }
        try {
            JsonNode target = root.at(JsonPointer.compile(reference.substring(1)));
            return target.isMissingNode() ? null : target;
        } catch (IllegalArgumentException | JacksonException noPointer) {
            return null;
        }
    }

    private static void requirePattern(String pattern) throws InvalidSchemaException {
        try {
            Pattern _ = Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            throw new InvalidSchemaException(
                    "has a pattern that is no regular expression of RE2, which knows no look-around");
        }
    }
}
