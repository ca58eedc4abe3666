package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A CloudEvent in its structured form, for the API's description. */
@Schema(name = "CloudEvent", example = """
                {"specversion": "1.0", "id": "hello-2", "source": "/docs", "type": "llm.chat",\
                 "data": {"prompt": "Say hello"}}""")
record CloudEventBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = "1.0")
        String specversion,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = EnvelopeRules.MAX_TEXT)
        String id,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = EnvelopeRules.MAX_TEXT)
        String source,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = 128,
                pattern = "^[a-z0-9_-]+(\\.[a-z0-9_-]+)*$")
        String type,

        @Schema(minLength = 1, maxLength = EnvelopeRules.MAX_TEXT) @Nullable
        String subject,

        @Nullable Instant time,
        @Nullable String datacontenttype,

        @Schema(types = {"object", "array", "string", "number", "boolean", "null"}) @Nullable
        Object data,

        @Schema(format = "byte") @JsonProperty("data_base64") @Nullable
        String dataBase64) {}
