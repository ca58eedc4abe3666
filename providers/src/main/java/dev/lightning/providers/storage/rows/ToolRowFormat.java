package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.Properties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How a definition is laid out in the store. */
final class ToolRowFormat {
    private static final long VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> NAMED_TEXTS = new TypeReference<>() {};

    private ToolRowFormat() {}

    static Properties written(ToolRow row) {
        ToolDefinition tool = row.definition();
        ToolDefinition.Limits limits = tool.limits();
        return Properties.format(VERSION)
                .put("kind", tool.kind().name())
                .put("description", tool.description())
                .put("enabled", tool.enabled())
                .put("accepts", JSON.writeValueAsString(tool.accepts()))
                .put("filter", tool.filter())
                .put("runtime", tool.runtime().kind())
                .put("image", tool.runtime().image())
                .put("pull", tool.runtime().pull())
                .put("size", tool.runtime().size())
                .put("spot", tool.runtime().spot())
                .put("reuse", tool.runtime().reuse())
                .put("command", JSON.writeValueAsString(tool.command()))
                .put("env", JSON.writeValueAsString(tool.env()))
                .put("secretEnv", JSON.writeValueAsString(tool.secretEnv()))
                .put("timeoutMillis", limits.timeout().toMillis())
                .put("memoryBytes", limits.memoryBytes())
                .put("cpus", Double.toString(limits.cpus()))
                .put("pids", (long) limits.pids())
                .put("outputBytes", limits.outputBytes())
                .put("network", tool.network())
                .put(
                        "replicas",
                        tool.replicas() == null ? null : tool.replicas().longValue())
                .put("resultType", tool.resultType())
                .put("approval", tool.approval())
                .put("chatSchema", tool.chatSchema())
                .put("origin", row.origin())
                .put("createdAt", row.createdAt())
                .put("updatedAt", row.updatedAt())
                .build();
    }

    static ToolRow read(Entity entity) {
        Properties stored = entity.properties();
        return new ToolRow(
                definition(entity.row(), stored),
                stored.text("origin"),
                stored.requireInstant("createdAt"),
                stored.requireInstant("updatedAt"),
                entity.etag());
    }

    private static ToolDefinition definition(String name, Properties stored) {
        return new ToolDefinition(
                name,
                ToolDefinition.Kind.valueOf(stored.requireText("kind")),
                stored.text("description"),
                Boolean.TRUE.equals(stored.flag("enabled")),
                JSON.readValue(stored.requireText("accepts"), TEXTS),
                stored.text("filter"),
                placement(stored),
                JSON.readValue(stored.requireText("command"), TEXTS),
                JSON.readValue(stored.requireText("env"), NAMED_TEXTS),
                JSON.readValue(stored.requireText("secretEnv"), NAMED_TEXTS),
                limits(stored),
                Boolean.TRUE.equals(stored.flag("network")),
                replicas(stored.number("replicas")),
                stored.requireText("resultType"),
                Boolean.TRUE.equals(stored.flag("approval")),
                stored.text("chatSchema"));
    }

    private static ToolDefinition.Placement placement(Properties stored) {
        return new ToolDefinition.Placement(
                stored.requireText("runtime"),
                stored.text("image"),
                stored.requireText("pull"),
                stored.text("size"),
                Boolean.TRUE.equals(stored.flag("spot")),
                Boolean.TRUE.equals(stored.flag("reuse")));
    }

    private static ToolDefinition.Limits limits(Properties stored) {
        return new ToolDefinition.Limits(
                Duration.ofMillis(stored.requireNumber("timeoutMillis")),
                stored.requireNumber("memoryBytes"),
                Double.parseDouble(stored.requireText("cpus")),
                Math.toIntExact(stored.requireNumber("pids")),
                stored.requireNumber("outputBytes"));
    }

    private static @Nullable Integer replicas(@Nullable Long stored) {
        return stored == null ? null : Integer.valueOf(Math.toIntExact(stored));
    }
}
