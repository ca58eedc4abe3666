package dev.lightning.api.events;

import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.workflows.tools.ToolSpec;

/** Definitions that no store keeps. */
final class ToolsInMemory {
    private ToolsInMemory() {}

    static ToolMatcher none() {
        return of(new ToolRows(new InMemoryEntityStore()));
    }

    static ToolMatcher of(ToolRows rows) {
        return new ToolMatcher(rows, ToolSpec.PLATFORM);
    }
}
