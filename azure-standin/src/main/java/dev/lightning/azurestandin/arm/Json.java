package dev.lightning.azurestandin.arm;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one way in which everything here reads and writes JSON. */
public final class Json {
    /** Knows records and trees. */
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** An object without anything in it. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The text at this place, or nothing but an empty string. */
    public static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** The object at this place, which is made where it is missing. */
    public static ObjectNode child(ObjectNode node, String field) {
        return node.get(field) instanceof ObjectNode there ? there : node.putObject(field);
    }
}
