package dev.lightning.api.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolRow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A definition as clients see it, which they may send back as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToolView(
        String name,
        @Nullable String description,
        boolean enabled,
        List<String> accepts,
        @Nullable String filter,
        RuntimeView runtime,
        List<String> command,

        @Schema(description = "The variables that may be shown")
        SortedMap<String, String> env,

        @Schema(
                description =
                        "The names of the variables whose values are never shown; sent back, they keep their values")
        List<String> secretEnv,

        String resultType,

        @Schema(type = "string", description = "ISO-8601", example = "PT10M")
        Duration timeout,

        ResourcesView resources,
        boolean network,
        @Nullable Integer replicas,

        @Schema(description = "Absent when runs need no approval", allowableValues = ToolView.REQUIRED) @Nullable
        String approval,

        @Schema(description = "How the model of a chat may call it; without it, it may not") @Nullable
        ChatView chat,

        Instant createdAt,
        Instant updatedAt) {
    /** Each run waits until somebody has approved it. */
    static final String REQUIRED = "required";

    /** Runs need no approval. */
    static final String NONE = "none";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Where it runs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuntimeView(
            String kind,
            @Nullable String image,
            String pull,
            @Nullable String size,

            @Schema(description = "Absent when it is not to be taken away") @Nullable
            Boolean spot,

            @Schema(description = "Absent when each run has a machine of its own") @Nullable
            Boolean reuse) {
        static RuntimeView of(ToolDefinition.Placement place) {
            return new RuntimeView(
                    place.kind(),
                    place.image(),
                    place.pull(),
                    place.size(),
                    place.spot() ? Boolean.TRUE : null,
                    place.reuse() ? Boolean.TRUE : null);
        }
    }

    /** What a run may use. */
    record ResourcesView(String memory, double cpu, int pids, String output) {}

    /** What a model has to know. */
    record ChatView(
            @Schema(type = "object", description = "The JSON Schema of the arguments")
            JsonNode parameters) {}

    static ToolView of(ToolRow row) {
        ToolDefinition tool = row.definition();
        ToolDefinition.Limits limits = tool.limits();
        return new ToolView(
                tool.name(),
                tool.description(),
                tool.enabled(),
                tool.accepts(),
                tool.filter(),
                RuntimeView.of(tool.runtime()),
                tool.command(),
                new TreeMap<>(tool.env()),
                tool.secretEnv().keySet().stream().sorted().toList(),
                tool.resultType(),
                limits.timeout(),
                new ResourcesView(
                        ByteSizes.write(limits.memoryBytes()),
                        limits.cpus(),
                        limits.pids(),
                        ByteSizes.write(limits.outputBytes())),
                tool.network(),
                tool.replicas(),
                tool.approval() ? REQUIRED : null,
                tool.chatSchema() == null ? null : new ChatView(JSON.readTree(tool.chatSchema())),
                row.createdAt(),
                row.updatedAt());
    }
}
