package dev.lightning.providers.storage.rows;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Definitions for tests: valid ones that differ in what a test is about. */
public final class Definitions {
    private static final ToolDefinition.Limits LIMITS =
            new ToolDefinition.Limits(Duration.ofMinutes(10), 256L << 20, 1.5, 128, 64L << 20);

    private Definitions() {}

    /** A tool in a container that has a value for everything. */
    public static ToolDefinition full(String name) {
        return new ToolDefinition(
                name,
                ToolDefinition.Kind.TOOL,
                "Counts what was ordered",
                true,
                List.of("order.created", "cart.*"),
                "event.metadata.total > 10",
                new ToolDefinition.Placement("docker", "localhost/count:1", "never"),
                List.of("count", "--fast"),
                Map.of("LEVEL", "high", "LANG", "de"),
                Map.of("API_KEY", "hunter2"),
                LIMITS,
                true,
                4,
                "order.counted",
                true,
                "{\"type\":\"object\"}");
    }

    /** A tool on a machine of its own, with everything that can be said about machines. */
    public static ToolDefinition onMachine(String name) {
        ToolDefinition full = full(name);
        return new ToolDefinition(
                name,
                full.kind(),
                full.description(),
                full.enabled(),
                full.accepts(),
                full.filter(),
                new ToolDefinition.Placement("vm", null, "missing", "Standard_B2s", true, true),
                full.command(),
                full.env(),
                full.secretEnv(),
                full.limits(),
                full.network(),
                full.replicas(),
                full.resultType(),
                full.approval(),
                full.chatSchema());
    }

    /** A tool in a process, as little as there can be. */
    public static ToolDefinition tool(String name, List<String> accepts, String filter) {
        return definition(name, ToolDefinition.Kind.TOOL, accepts, filter, true, null);
    }

    public static ToolDefinition disabled(String name, String accepts) {
        return definition(name, ToolDefinition.Kind.TOOL, List.of(accepts), null, false, null);
    }

    public static ToolDefinition function(String name, Integer replicas, String... accepts) {
        return definition(name, ToolDefinition.Kind.FUNCTION, List.of(accepts), null, true, replicas);
    }

    private static ToolDefinition definition(
            String name,
            ToolDefinition.Kind kind,
            List<String> accepts,
            String filter,
            boolean enabled,
            Integer replicas) {
        return new ToolDefinition(
                name,
                kind,
                null,
                enabled,
                accepts,
                filter,
                new ToolDefinition.Placement("process", null, "missing"),
                List.of("true"),
                Map.of(),
                Map.of(),
                LIMITS,
                false,
                replicas,
                "tool." + name + ".result",
                false,
                null);
    }
}
