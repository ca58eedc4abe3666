package dev.lightning.workflows.testing;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolMatches;
import dev.lightning.workflows.tools.ToolRunBeginning;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry of tools by the one event type each takes, and what was written about their runs. */
public final class ScriptedTools implements ToolActivities {
    public final List<Event> asked = new CopyOnWriteArrayList<>();
    public final List<ToolRunRecord> records = new CopyOnWriteArrayList<>();
    public final Map<String, ToolRunResult> completed = new ConcurrentHashMap<>();
    private final Map<String, List<ToolSpec>> byType = new ConcurrentHashMap<>();

    /** Registers tools for an event type. */
    public void take(String type, String... names) {
        byType.put(type, List.of(names).stream().map(ScriptedTools::tool).toList());
    }

    public static ToolSpec tool(String name) {
        return new ToolSpec(
                name,
                "aliceaaaaaaa",
                "process",
                null,
                List.of("true"),
                Map.of(),
                List.of(),
                new ToolLimits(Duration.ofHours(1), 1 << 28, 1, 100, 1 << 26),
                false,
                "missing",
                null,
                "tool." + name + ".result");
    }

    @Override
    public ToolMatches match(Event event) {
        asked.add(event);
        return new ToolMatches(byType.getOrDefault(event.type(), List.of()), !byType.isEmpty());
    }

    @Override
    public ToolRunBeginning beginRun(ToolRunRecord run) {
        records.add(run);
        return new ToolRunBeginning(completed.get(run.order().taskId()));
    }

    @Override
    public void recordRun(ToolRunRecord run) {
        records.add(run);
    }
}
