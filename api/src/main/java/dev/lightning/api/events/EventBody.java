package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own event shape, for the API's description. */
@Schema(name = "Event", additionalProperties = Schema.AdditionalPropertiesValue.FALSE, example = """
                {"id": "hello-1", "timestamp": "2026-11-21T10:00:00Z", "source": "docs", "type": "llm.chat",\
                 "userID": "alice", "metadata": {"prompt": "Say hello"}}""")
record EventBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant timestamp,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = EnvelopeRules.MAX_TEXT)
        String source,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = 128,
                pattern = "^[a-z0-9_-]+(\\.[a-z0-9_-]+)*$",
                example = "llm.chat")
        String type,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @JsonProperty("userID")
        String userId,

        @Schema(types = "object") @Nullable Map<String, Object> metadata,

        @Schema(pattern = "^(?!\\.+$)[A-Za-z0-9._~-]{1,128}$") @Nullable
        String id,

        @Schema(minLength = 1, maxLength = EnvelopeRules.MAX_TEXT) @Nullable
        String subject) {}
