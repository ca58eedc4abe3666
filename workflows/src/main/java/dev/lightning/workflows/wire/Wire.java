package dev.lightning.workflows.wire;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/**
 * The one data converter of everybody who talks to Temporal: API, workers, tests and replays.
 *
 * <p>Temporal's payloads are written by Jackson 2; the web edge and the stores use Jackson 3. Unknown fields are
 * ignored, so that an old worker reads what a newer one wrote.
 */
public final class Wire {
    private Wire() {}

    public static DataConverter plain() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(mapper()));
    }

    /** The same behind codecs, failures' messages included, so that nothing readable reaches the server. */
    public static DataConverter encoded(List<PayloadCodec> codecs) {
        return codecs.isEmpty() ? plain() : new CodecDataConverter(plain(), codecs, true);
    }

    static ObjectMapper mapper() {
        return JacksonJsonPayloadConverter.newDefaultObjectMapper()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                .configure(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true);
    }
}
