package dev.lightning.api.events;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import dev.lightning.api.security.Caller;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The structured form of CloudEvents: everything in one JSON object; also each item of a batch. */
final class CloudEventJson {
    private final CloudEventReader reader;

    CloudEventJson(CloudEventReader reader) {
        this.reader = reader;
    }

    @Nullable
    Submission read(JsonNode event, Caller caller, String path, Findings findings) {
        if (!event.isObject()) {
            findings.add(path.isEmpty() ? "body" : path, "must be a JSON object");
            return null;
        }
        JsonFields fields = new JsonFields(event, path, findings);
        return reader.read(attributes(event, fields, findings), data(fields, findings), caller, fields::at, findings);
    }

    private static Map<String, Object> attributes(JsonNode event, JsonFields fields, Findings findings) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        event.properties().forEach(property -> {
            String name = property.getKey();
            JsonNode value = property.getValue();
            if (name.equals("data") || name.equals("data_base64") || value.isNull()) {
                return;
            }
            if (value.isString()) {
                attributes.put(name, value.stringValue());
            } else if (value.isBoolean()) {
                attributes.put(name, value.booleanValue());
            } else if (value.isInt()) {
                attributes.put(name, value.intValue());
            } else {
                findings.add(fields.at(Shown.of(name)), "must be a string, a boolean or a 32-bit integer");
            }
        });
        return attributes;
    }

    private static @Nullable Map<String, @Nullable Object> data(JsonFields fields, Findings findings) {
        JsonNode data = fields.value("data");
        JsonNode encoded = fields.value("data_base64");
        if (data != null && encoded != null) {
            findings.add(fields.at("data_base64"), "must not stand beside data");
            return null;
        }
        JsonNode contentType = fields.value("datacontenttype");
        String mediaType = contentType != null && contentType.isString() ? contentType.stringValue() : null;
        if (encoded != null) {
            return encoded(fields, encoded, mediaType, findings);
        }
        if (data == null || CloudData.isJson(mediaType)) {
            return data == null ? new LinkedHashMap<>() : CloudData.json(data, fields.at("data"), findings);
        }
        if (data.isString()) {
            return CloudData.text(data.stringValue(), mediaType, fields.at("data"), findings);
        }
        findings.add(fields.at("data"), "must be a string, because datacontenttype is not JSON");
        return null;
    }

    private static @Nullable Map<String, @Nullable Object> encoded(
            JsonFields fields, JsonNode encoded, @Nullable String mediaType, Findings findings) {
        try {
            if (encoded.isString()) {
                Base64.getDecoder().decode(encoded.stringValue());
                return CloudData.base64(encoded.stringValue(), mediaType);
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        findings.add(fields.at("data_base64"), "must be a string of base64");
        return null;
    }
}
