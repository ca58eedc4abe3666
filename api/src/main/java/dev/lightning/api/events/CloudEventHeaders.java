package dev.lightning.api.events;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import dev.lightning.api.security.Caller;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/** The binary form of CloudEvents: attributes in {@code ce-*} headers, percent-encoded, and the body is the data. */
final class CloudEventHeaders {
    private static final String PREFIX = "ce-";

    private final CloudEventReader reader;

    CloudEventHeaders(CloudEventReader reader) {
        this.reader = reader;
    }

    /** Whether a request is meant as a CloudEvent in binary form. */
    static boolean isUsedBy(HttpHeaders headers) {
        return headers.headerNames().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX));
    }

    @Nullable
    Submission read(HttpHeaders headers, byte[] body, Caller caller, Findings findings) {
        Map<String, Object> attributes = attributes(headers, findings);
        String mediaType = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return reader.read(attributes, data(body, mediaType, findings), caller, CloudEventHeaders::header, findings);
    }

    private static String header(String attribute) {
        return attribute.equals("data") ? "body" : PREFIX + attribute;
    }

    private static Map<String, Object> attributes(HttpHeaders headers, Findings findings) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        headers.forEach((header, values) -> {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                attribute(name, values, attributes, findings);
            }
        });
        return attributes;
    }

    private static void attribute(
            String header, List<String> values, Map<String, Object> attributes, Findings findings) {
        String shown = Shown.of(header);
        String decoded = decode(values.getFirst());
        findings.require(values.size() == 1, shown, "must be there once");
        findings.require(decoded != null, shown, "is not percent-encoded UTF-8");
        findings.require(
                !header.equals("ce-datacontenttype"), shown, "must not be there: Content-Type says what the body is");
        attributes.put(header.substring(PREFIX.length()), decoded == null ? "" : decoded);
    }

    private static @Nullable String decode(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '%' && isHex(value, at + 1) && isHex(value, at + 2)) {
                bytes.write(Integer.parseInt(value, at + 1, at + 3, 16));
                at += 2;
            } else if (character < 0x80 && character != '%') {
                bytes.write(character);
            } else {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && Character.digit(text.charAt(at), 16) >= 0 && text.charAt(at) < 0x80;
    }

    private static @Nullable Map<String, @Nullable Object> data(
            byte[] body, @Nullable String mediaType, Findings findings) {
        if (body.length == 0) {
            return new LinkedHashMap<>();
        }
        if (!CloudData.isJson(mediaType)) {
            return CloudData.base64(Base64.getEncoder().encodeToString(body), mediaType);
        }
        try {
            return CloudData.json(EventJson.parse(body), "body", findings);
        } catch (ErrorResponseException malformed) {
            findings.add("body", "is not JSON, which Content-Type says it is");
            return null;
        }
    }
}
