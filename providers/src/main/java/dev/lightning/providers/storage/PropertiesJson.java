package dev.lightning.providers.storage;

import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Properties as a JSON object that a person can read and that keeps every type: strings, whole numbers and booleans are
 * themselves, an instant is {@code {"instant": "2026-11-21T10:00:00Z"}}.
 */
public final class PropertiesJson {
    private static final String INSTANT = "instant";

    private static final JsonFactory JSON = new JsonFactory();

    private PropertiesJson() {}

    /** The object of these properties; refuses a value of another type with {@link IllegalArgumentException}. */
    public static String write(Properties properties) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            properties.asMap().forEach((name, value) -> write(json.writeName(name), value));
            json.writeEndObject();
        }
        return withoutHalves(text.toString());
    }

    /** Escapes half surrogate pairs, which have no UTF-8 bytes and would be lost. */
    private static String withoutHalves(String json) {
        if (json.codePoints().noneMatch(PropertiesJson::isHalf)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (isHalf(point)) {
                escaped.append("\\u").append(Integer.toHexString(point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Instant instant ->
                json.writeStartObject()
                        .writeName(INSTANT)
                        .writeString(instant.toString())
                        .writeEndObject();
            default -> throw new IllegalArgumentException("No store knows a property of " + value.getClass());
        }
    }

    /** What {@link #write} made an object of. */
    public static Properties read(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                values.put(name, value(json));
            }
        } catch (JacksonException e) {
            throw new IllegalStateException("A stored entity has unreadable properties", e);
        }
        return Properties.of(values);
    }

    private static Object value(JsonParser json) {
        return switch (json.nextToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> instant(json);
            case JsonToken other -> throw new IllegalStateException("A stored entity has a property of type " + other);
        };
    }

    private static Instant instant(JsonParser json) {
        if (!INSTANT.equals(json.nextName()) || json.nextToken() != JsonToken.VALUE_STRING) {
            throw new IllegalStateException("A stored entity has a property of an unknown type");
        }
        Instant instant = Instant.parse(json.getString());
        json.nextToken();
        return instant;
    }
}
