package dev.lightning.activities.tools;

import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.Observation;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Programs that end at once, unless they are held, and a ledger of how many there were at a time. */
final class QuickRuns implements ToolRunActivities {
    final List<String> started = new CopyOnWriteArrayList<>();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    volatile boolean held;
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    @Override
    public Observation provision(ToolRunOrder order, int interruptions) {
        started.add(order.taskId());
        there.add(order.taskId());
        mostAtOnce.accumulateAndGet(there.size(), Math::max);
        return new Observation(held, Instant.now());
    }

    @Override
    public Observation observe(ToolRunRef run, Duration patience) {
        return new Observation(held, Instant.now());
    }

    @Override
    public void stop(ToolRunRef run) {
        throw new AssertionError("nothing here lasts until its deadline");
    }

    @Override
    public ToolOutput collect(ToolRunOrder order) {
        return new ToolOutput(Metadata.of(Map.of("exitCode", 0)), null);
    }

    @Override
    public @Nullable Duration remove(ToolRunRef run) {
        there.remove(run.taskId());
        return null;
    }
}
