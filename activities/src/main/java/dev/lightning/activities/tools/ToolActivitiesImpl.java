package dev.lightning.activities.tools;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.providers.filters.FilterEvent;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.tools.ToolMatch;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.providers.tools.WorkerTask;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.ReplicaLimit;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolMatches;
import dev.lightning.workflows.tools.ToolRunBeginning;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import dev.lightning.workflows.tools.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the definitions who takes an event and writes runs into their rows; a store that is away makes Temporal try again. */
public final class ToolActivitiesImpl implements ToolActivities {
    private static final Logger log = LoggerFactory.getLogger(ToolActivitiesImpl.class);

    private final ToolMatcher matcher;
    private final ToolRows definitions;
    private final WorkerTaskSpecs workerTasks;
    private final TaskRows tasks;
    private final EventDocuments documents;
    private final CompletedRuns completed;
    private final RunQueues queues;
    private final Predicate<String> isOpen;

    /** Takes how to ask whether the workflow of an id is open. */
    public ToolActivitiesImpl(
            ToolMatcher matcher,
            ToolRows definitions,
            WorkerTaskSpecs workerTasks,
            TaskRows tasks,
            EventDocuments documents,
            CompletedRuns completed,
            RunQueues queues,
            Predicate<String> isOpen) {
        this.matcher = matcher;
        this.definitions = definitions;
        this.workerTasks = workerTasks;
        this.tasks = tasks;
        this.documents = documents;
        this.completed = completed;
        this.queues = queues;
        this.isOpen = isOpen;
    }

    @Override
    public ToolMatches match(Event event) {
        Metadata metadata = documents.metadata(event);
        FilterEvent asked = new FilterEvent(
                event.id().value(),
                event.type(),
                event.source(),
                event.time(),
                event.subject(),
                event.owner().userId(),
                metadata.asMap());
        List<ToolMatch> answers = matcher.ask(event.owner().key(), asked);
        List<ToolSpec> takers = new ArrayList<>();
        if (event.type().equals(EventTypes.WORKER_TASK)) {
            takers.add(workerTasks.of(event, metadata));
        }
        answers.stream()
                .filter(ToolMatch::takes)
                .map(match -> ToolSpecs.of(match.row().definition(), match.ownerKey()))
                .filter(tool -> !tool.name().equals(WorkerTask.NAME))
                .forEach(takers::add);
        return new ToolMatches(takers, !answers.isEmpty(), ChatOffers.of(event, metadata, answers));
    }

    @Override
    public ToolRunBeginning beginRun(ToolRunRecord run) {
        ToolRunResult earlier = completed.find(run.order());
        recordRun(earlier == null ? run : run.ended(earlier));
        return new ToolRunBeginning(earlier);
    }

    @Override
    public void enterQueue(ToolRunOrder order) {
        ToolSpec tool = order.tool();
        ReplicaLimit now = limit(tool.ownerKey(), tool.name());
        queues.enter(order, now.replicas());
    }

    @Override
    public List<String> openRuns(List<String> workflowIds) {
        return workflowIds.stream().filter(isOpen).toList();
    }

    @Override
    public List<ReplicaLimit> replicas(String toolOwnerKey, List<String> tools) {
        return tools.stream().map(tool -> limit(toolOwnerKey, tool)).toList();
    }

    private ReplicaLimit limit(String toolOwnerKey, String tool) {
        if (tool.equals(WorkerTask.NAME)) {
            return new ReplicaLimit(tool, null);
        }
        return definitions
                .find(toolOwnerKey, tool)
                .map(row -> new ReplicaLimit(tool, row.definition().replicas()))
                .orElseGet(() -> new ReplicaLimit(tool, 1));
    }

    @Override
    public void recordRun(ToolRunRecord run) {
        ToolRunResult result = run.progress().result();
        if (result != null && stands(run.order(), result.state())) {
            completed.keep(run.order(), result);
        }
        TaskRow row = RunRow.of(run);
        if (tasks.record(row)) {
            log.info(
                    "event=task.recorded workflow={} run={} state={} reason={}",
                    row.workflowId(),
                    row.runId(),
                    row.state(),
                    row.standing().reasonCode() == null ? "" : row.standing().reasonCode());
        }
    }

    /** What a retry does not do again; for a call that is every end, because the chat's model has been told of it. */
    private static boolean stands(ToolRunOrder order, ToolRunState ended) {
        return ended == ToolRunState.COMPLETED
                || (ended != ToolRunState.CANCELLED
                        && EventTypes.isToolCall(order.event().type()));
    }
}
