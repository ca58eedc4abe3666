package dev.lightning.activities.tools;

import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.workflows.tools.Machine;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolSpec;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns definitions into what may travel through histories: everything but the values of secrets. */
final class ToolSpecs {
    private ToolSpecs() {}

    static ToolSpec of(ToolDefinition tool, String ownerKey) {
        ToolDefinition.Limits limits = tool.limits();
        List<String> secretNames = tool.secretEnv().keySet().stream().sorted().toList();
        return new ToolSpec(
                tool.name(),
                ownerKey,
                tool.runtime().kind(),
                tool.runtime().image(),
                tool.command(),
                new TreeMap<>(tool.env()),
                secretNames,
                new ToolLimits(
                        limits.timeout(), limits.memoryBytes(), limits.cpus(), limits.pids(), limits.outputBytes()),
                tool.network(),
                tool.runtime().pull(),
                tool.replicas(),
                tool.resultType(),
                tool.approval(),
                null,
                machine(tool.runtime()));
    }

    /** Null unless something was said, so that most histories stay as they were. */
    private static @Nullable Machine machine(ToolDefinition.Placement place) {
        return place.size() == null && !place.spot() && !place.reuse()
                ? null
                : new Machine(place.size(), place.spot(), place.reuse());
    }
}
