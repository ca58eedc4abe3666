package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The ways to post events, told apart by the headers alone. */
enum PostedShape {
    /** Our own shape, one event or an array of them. */
    FOUNDING,
    CLOUD_EVENT,
    CLOUD_EVENT_BATCH,
    CLOUD_EVENT_IN_HEADERS;

    static final String CLOUD_EVENT_TYPE = "application/cloudevents+json";
    static final String CLOUD_EVENT_BATCH_TYPE = "application/cloudevents-batch+json";

    /** The shape of a request; one that is none of them is answered as 415. */
    static PostedShape of(HttpHeaders headers) {
        String declared = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        MediaType type = declared == null ? MediaType.APPLICATION_JSON : parse(declared);
        boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
        if (utf8 && type.equalsTypeAndSubtype(MediaType.parseMediaType(CLOUD_EVENT_TYPE))) {
            return CLOUD_EVENT;
        }
        if (utf8 && type.equalsTypeAndSubtype(MediaType.parseMediaType(CLOUD_EVENT_BATCH_TYPE))) {
            return CLOUD_EVENT_BATCH;
        }
        if (CloudEventHeaders.isUsedBy(headers)) {
            return CLOUD_EVENT_IN_HEADERS;
        }
        if (utf8 && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
            return FOUNDING;
        }
        throw Problem.UNSUPPORTED_MEDIA_TYPE.with();
    }

    private static MediaType parse(String declared) {
        try {
            MediaType type = MediaType.parseMediaType(declared);
            type.getCharset();
            return type;
        } catch (IllegalArgumentException unreadable) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.with();
        }
    }
}
