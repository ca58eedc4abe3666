package dev.lightning.activities.tools;

import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.workflows.tools.ToolSpec;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes secret values from the definition as it is when the run starts, so that none of them is in a history. */
public final class SecretValues implements ToolRunActivitiesImpl.SecretEnv {
    private final ToolRows tools;

    public SecretValues(ToolRows tools) {
        this.tools = tools;
    }

    @Override
    public Map<String, String> of(ToolSpec tool) {
        if (tool.secretEnv().isEmpty()) {
            return Map.of();
        }
        return tools.find(tool.ownerKey(), tool.name()).stream()
                .flatMap(row -> row.definition().secretEnv().entrySet().stream())
                .filter(value -> tool.secretEnv().contains(value.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
