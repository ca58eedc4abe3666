package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the data of a CloudEvent becomes in our metadata, alike in all forms. */
final class CloudData {
    private CloudData() {}

    /** Whether data of this media type is JSON; without one it is. */
    static boolean isJson(@Nullable String mediaType) {
        if (mediaType == null) {
            return true;
        }
        String essence = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.equals("application/json") || essence.equals("text/json") || essence.endsWith("+json");
    }

    /** An object is the metadata; any other value stands in it as {@code data}. */
    static @Nullable Map<String, @Nullable Object> json(JsonNode data, String path, Findings findings) {
        int before = findings.errors().size();
        Map<String, @Nullable Object> values;
        if (data.isObject()) {
            values = MetadataReader.object(data, path, findings);
        } else {
            values = new LinkedHashMap<>();
            values.put("data", MetadataReader.value(data, path, findings));
        }
        return findings.errors().size() > before ? null : values;
    }

    static @Nullable Map<String, @Nullable Object> text(
            String text, @Nullable String mediaType, String path, Findings findings) {
        String fault = Texts.fault(text);
        if (fault != null) {
            findings.add(path, fault);
            return null;
        }
        return base64(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), mediaType);
    }

    static Map<String, @Nullable Object> base64(String encoded, @Nullable String mediaType) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("data_base64", encoded);
        if (mediaType != null) {
            values.put("datacontenttype", mediaType);
        }
        return values;
    }
}
