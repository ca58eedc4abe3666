package dev.lightning.workflows.testing;

import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.Observation;
import dev.lightning.workflows.tools.ToolFailure;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunActivities;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRef;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Programs that run as long as a test says, on the clock of its world. */
public final class ScriptedRuns implements ToolRunActivities {
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final Set<String> provisioned = ConcurrentHashMap.newKeySet();
    public final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Map<String, Metadata> says = new ConcurrentHashMap<>();
    private final Map<String, Duration> lengths = new ConcurrentHashMap<>();
    private final Map<String, Duration> lengthOf = new ConcurrentHashMap<>();
    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final Map<String, Duration> machines = new ConcurrentHashMap<>();
    private final Map<String, Integer> interruptions = new ConcurrentHashMap<>();
    private final Map<String, Instant> ordered = new ConcurrentHashMap<>();
    private final Map<String, Integer> removals = new ConcurrentHashMap<>();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private final Set<String> doomed = ConcurrentHashMap.newKeySet();
    private volatile boolean away;
    private volatile boolean unreadable;
    private final AtomicInteger deaths = new AtomicInteger();
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();

    /** Makes runs of this tool take so long; others end at once. */
    public void lasts(String tool, Duration length) {
        lengths.put(tool, length);
    }

    /** Makes runs of this tool end with this. */
    public void says(String tool, Map<String, Object> result) {
        says.put(tool, Metadata.of(result));
    }

    /** Makes what this tool runs on take so long to come. */
    public void machineComesAfter(String tool, Duration wait) {
        machines.put(tool, wait);
    }

    /** Takes what this tool runs on away so many times, each time when it has run for a minute. */
    public void isInterrupted(String tool, int times) {
        interruptions.put(tool, times);
    }

    /** Makes each removal of this task need so many calls more. */
    public void removalNeeds(String taskId, int calls) {
        removals.put(taskId, calls);
    }

    /** Makes the runtime refuse to start this tool. */
    public void rejects(String tool) {
        rejected.add(tool);
    }

    /** Lets so many workers die when they are to start something. */
    public void workersDie(int times) {
        deaths.set(times);
    }

    /** Makes the engine unreachable for good. */
    public void isAway() {
        away = true;
    }

    /** Makes the output of every program impossible to read for good. */
    public void areUnreadable() {
        unreadable = true;
    }

    /** Removes what was provisioned for a task behind everybody's back. */
    public void lose(String taskId) {
        started.remove(taskId);
        provisioned.remove(taskId);
    }

    @Override
    public Observation provision(ToolRunOrder order, int times) {
        calls.add("start " + order.taskId());
        if (deaths.getAndDecrement() > 0) {
            Activity.getExecutionContext().doNotCompleteOnReturn();
            return seen(order.taskId());
        }
        requireEngine();
        if (rejected.contains(order.tool().name())) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "There is no image of this name", ToolFailure.REJECTED.type());
        }
        provisioned.add(order.taskId());
        mostAtOnce.accumulateAndGet(provisioned.size(), Math::max);
        String tool = order.tool().name();
        if (ordered.putIfAbsent(order.taskId(), now()) == null) {
            started.put(order.taskId(), now().plus(machines.getOrDefault(tool, Duration.ZERO)));
            doomed(order.taskId(), times < interruptions.getOrDefault(tool, 0));
        }
        lengthOf.put(order.taskId(), lengths.getOrDefault(order.tool().name(), Duration.ZERO));
        return seen(order.taskId());
    }

    @Override
    public Observation observe(ToolRunRef run, Duration patience) {
        calls.add("look " + run.taskId());
        return seen(run.taskId());
    }

    @Override
    public void stop(ToolRunRef run) {
        calls.add("stop " + run.taskId());
        stopped.add(run.taskId());
    }

    @Override
    public ToolOutput collect(ToolRunOrder order) {
        calls.add("collect " + order.taskId());
        if (unreadable) {
            throw ApplicationFailure.newFailure("What it left cannot be read", ToolFailure.UNAVAILABLE.type());
        }
        Metadata said = says.get(order.tool().name());
        if (said != null) {
            return new ToolOutput(said, null);
        }
        return new ToolOutput(
                Metadata.of(Map.of("exitCode", 0, "tool", order.tool().name())), null);
    }

    @Override
    public @Nullable Duration remove(ToolRunRef run) {
        calls.add("remove " + run.taskId());
        requireEngine();
        if (removals.merge(run.taskId(), -1, Integer::sum) >= 0) {
            return Duration.ofSeconds(10);
        }
        provisioned.remove(run.taskId());
        ordered.remove(run.taskId());
        started.remove(run.taskId());
        return null;
    }

    private void doomed(String taskId, boolean isDoomed) {
        boolean _ = isDoomed ? doomed.add(taskId) : doomed.remove(taskId);
    }

    private Observation seen(String taskId) {
        @Nullable Instant since = started.get(taskId);
        if (since == null) {
            return new Observation(false, null);
        }
        if (now().isBefore(since)) {
            return Observation.provisioning(Duration.ofSeconds(30));
        }
        if (doomed.contains(taskId) && !now().isBefore(since.plusSeconds(60))) {
            return Observation.interrupted("The machine was taken away");
        }
        Duration length = lengthOf.getOrDefault(taskId, Duration.ZERO);
        boolean alive = !stopped.contains(taskId) && now().isBefore(since.plus(length));
        return new Observation(alive, since);
    }

    private void requireEngine() {
        if (away) {
            throw ApplicationFailure.newFailure("The engine cannot be reached", ToolFailure.UNAVAILABLE.type());
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getCurrentAttemptScheduledTimestamp());
    }
}
