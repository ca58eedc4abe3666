package dev.lightning.providers.tools;

import dev.lightning.providers.filters.CelFilter;
import dev.lightning.providers.filters.FilterEvent;
import dev.lightning.providers.filters.InvalidFilterException;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks every tool of an owner, and the platform's, whether it takes an event. A definition of the owner's own hides the
 * platform's of the same name, also when it is disabled, because a run is known by the name of its tool.
 */
public final class ToolMatcher {
    /** How many tools one event starts at most; the first by name. */
    public static final int MOST_PER_EVENT = 50;

    private static final int REMEMBERED = 1_000;

    private final ToolRows rows;
    private final String platformKey;
    private final Map<String, CelFilter> compiled = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CelFilter> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Takes the owner key of the definitions that everybody's events may start. */
    public ToolMatcher(ToolRows rows, String platformKey) {
        this.rows = rows;
        this.platformKey = platformKey;
    }

    /** Whether there is anything to ask about events of this owner; far quicker than to ask. */
    public boolean hasToolsFor(String ownerKey) {
        return rows.hasAny(ownerKey) || rows.hasAny(platformKey);
    }

    /** Every tool with its answer, in the order of the names: the owner's, then the platform's. */
    public List<ToolMatch> ask(String ownerKey, FilterEvent event) {
        List<ToolRow> own = rows.all(ownerKey);
        Set<String> hidden = own.stream().map(ToolRow::name).collect(Collectors.toSet());
        List<ToolMatch> answers = new ArrayList<>();
        own.forEach(row -> answers.add(new ToolMatch(row, ownerKey, refusal(row.definition(), event))));
        rows.all(platformKey).forEach(row -> {
            String refusal = hidden.contains(row.name())
                    ? "your own definition of this name is asked instead"
                    : refusal(row.definition(), event);
            answers.add(new ToolMatch(row, platformKey, refusal));
        });
        return bounded(answers);
    }

    private @Nullable String refusal(ToolDefinition tool, FilterEvent event) {
        if (!accepts(tool, event)) {
            return "it does not accept " + event.type();
        }
        if (!tool.enabled()) {
            return "it is disabled";
        }
        return tool.filter() == null ? null : refusal(tool.filter(), event).orElse(null);
    }

    /** An invocation is for its function alone; anything else is for whoever accepts its type. */
    private static boolean accepts(ToolDefinition tool, FilterEvent event) {
        return Invocation.is(event)
                ? tool.isFunction() && Invocation.isOf(tool.name(), event)
                : Subscription.accepts(tool.accepts(), event.type());
    }

    private Optional<String> refusal(String expression, FilterEvent event) {
        try {
            return compiled(expression).refusal(event);
        } catch (InvalidFilterException invalid) {
            return Optional.of("its filter can no longer be read: " + invalid.getMessage());
        }
    }

    private CelFilter compiled(String expression) throws InvalidFilterException {
        synchronized (compiled) {
            CelFilter known = compiled.get(expression);
            if (known != null) {
                return known;
            }
        }
        CelFilter fresh = CelFilter.compile(expression);
        synchronized (compiled) {
            compiled.put(expression, fresh);
        }
        return fresh;
    }

    private static List<ToolMatch> bounded(List<ToolMatch> answers) {
        List<ToolMatch> bounded = new ArrayList<>();
        int taken = 0;
        for (ToolMatch answer : answers) {
            taken += answer.takes() ? 1 : 0;
            bounded.add(
                    answer.takes() && taken > MOST_PER_EVENT
                            ? new ToolMatch(
                                    answer.row(),
                                    answer.ownerKey(),
                                    "an event starts at most " + MOST_PER_EVENT + " tools")
                            : answer);
        }
        return bounded;
    }
}
