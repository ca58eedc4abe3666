package dev.lightning.workflows.testing;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Offer;
import dev.lightning.workflows.tools.ReplicaLimit;
import dev.lightning.workflows.tools.RunQueueState;
import dev.lightning.workflows.tools.RunQueueWorkflow;
import dev.lightning.workflows.tools.RunTicket;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolMatches;
import dev.lightning.workflows.tools.ToolOffer;
import dev.lightning.workflows.tools.ToolRunBeginning;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunRef;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolSpec;
import io.temporal.activity.Activity;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A registry of tools by the one event type each takes, and what was written about their runs. */
public final class ScriptedTools implements ToolActivities {
    public final List<Event> asked = new CopyOnWriteArrayList<>();
    public final List<ToolRunRecord> records = new CopyOnWriteArrayList<>();
    public final Map<String, ToolRunResult> completed = new ConcurrentHashMap<>();
    public final Set<String> closed = ConcurrentHashMap.newKeySet();
    /** What definitions allow now, where that is not what they said when an event came. */
    public final Map<String, Integer> limits = new ConcurrentHashMap<>();

    public volatile int perUser = 16;
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, List<ToolSpec>> byType = new ConcurrentHashMap<>();
    private final List<ToolOffer> offered = new CopyOnWriteArrayList<>();

    /** Offers tools to every chat. */
    public void offer(String... names) {
        List.of(names)
                .forEach(name -> offered.add(
                        new ToolOffer(tool(name), new Offer(name, "Does " + name, "{\"type\":\"object\"}"))));
    }

    /** Registers tools for an event type. */
    public void take(String type, String... names) {
        byType.put(type, List.of(names).stream().map(ScriptedTools::tool).toList());
    }

    /** Registers a tool of which so many runs there may be at once. */
    public void takeAtOnce(String type, String name, int replicas) {
        byType.put(type, List.of(tool(name, replicas, null)));
    }

    /** Registers a tool whose every run somebody has to approve. */
    public void takeIfApproved(String type, String name) {
        byType.put(type, List.of(tool(name, null, true)));
    }

    public static ToolSpec tool(String name) {
        return tool(name, null, null);
    }

    private static ToolSpec tool(String name, @Nullable Integer replicas, @Nullable Boolean approval) {
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
                replicas,
                "tool." + name + ".result",
                approval,
                null,
                null);
    }

    /** Refuses to say who takes events of this type, for good. */
    public void refuse(String type, String failure) {
        refused.put(type, failure);
    }

    @Override
    public ToolMatches match(Event event) {
        asked.add(event);
        if (refused.containsKey(event.type())) {
            throw ApplicationFailure.newNonRetryableFailure("It cannot be done", refused.get(event.type()));
        }
        List<ToolOffer> offers = event.type().equals(EventTypes.LLM_CHAT) ? List.copyOf(offered) : null;
        boolean any = !byType.isEmpty() || !offered.isEmpty();
        return new ToolMatches(byType.getOrDefault(event.type(), List.of()), any, offers);
    }

    @Override
    public ToolRunBeginning beginRun(ToolRunRecord run) {
        records.add(run);
        return new ToolRunBeginning(completed.get(run.order().taskId()));
    }

    @Override
    public void enterQueue(ToolRunOrder order) {
        ToolSpec tool = order.tool();
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        RunQueueWorkflow queue = client.newWorkflowStub(
                RunQueueWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(RunQueueWorkflow.idOf(tool.ownerKey()))
                        .setTaskQueue(TaskQueues.EVENTS)
                        .build());
        BatchRequest together = client.newSignalWithStartRequest();
        together.add(queue::run, RunQueueState.EMPTY);
        together.add(
                queue::enter,
                new RunTicket(
                        ToolRunRef.of(order).workflowId(),
                        tool.name(),
                        limits.getOrDefault(tool.name(), tool.replicas()),
                        order.event().owner().key(),
                        perUser,
                        order.event().receivedAt()));
        client.signalWithStart(together);
    }

    @Override
    public List<String> openRuns(List<String> workflowIds) {
        return workflowIds.stream().filter(id -> !closed.contains(id)).toList();
    }

    @Override
    public List<ReplicaLimit> replicas(String toolOwnerKey, List<String> tools) {
        return tools.stream()
                .map(tool -> new ReplicaLimit(tool, limits.getOrDefault(tool, replicasOf(tool))))
                .toList();
    }

    private @Nullable Integer replicasOf(String tool) {
        return byType.values().stream()
                .flatMap(List::stream)
                .filter(known -> known.name().equals(tool))
                .findFirst()
                .map(ToolSpec::replicas)
                .orElse(null);
    }

    @Override
    public void recordRun(ToolRunRecord run) {
        records.add(run);
    }
}
