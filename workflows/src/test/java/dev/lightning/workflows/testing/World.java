package dev.lightning.workflows.testing;

import static org.awaitility.Awaitility.await;

import dev.lightning.workflows.BuiltinHandlers;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventAttributes;
import dev.lightning.workflows.events.EventHandler;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflow;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.EventWorkflowImpl;
import dev.lightning.workflows.notifications.DeliveryWorkflowImpl;
import dev.lightning.workflows.tools.RunQueueWorkflowImpl;
import dev.lightning.workflows.tools.ToolRunWorkflowImpl;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A time-skipping Temporal with our workflows and scripted activities, in which a test tells a story. */
public final class World implements AutoCloseable {
    public final ScriptedChat chat = new ScriptedChat();
    public final ScriptedNotifications notifications = new ScriptedNotifications();
    public final RememberedRows rows = new RememberedRows();
    public final ScriptedTools tools = new ScriptedTools();
    public final ScriptedRuns runs = new ScriptedRuns();
    public final TestWorkflowEnvironment temporal;

    private World(WorkerInterceptor... interceptors) {
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Wire.plain())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(interceptors)
                        .build())
                .build());
        EventAttributes.ALL.forEach(
                key -> temporal.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    }

    /** With the handlers of the product. */
    public static World builtin() {
        return builtin(new World());
    }

    /** With the handlers of the product, in which a worker that has died is missed after an instant of real time. */
    public static World whereDeathIsNoticedAtOnce() {
        return builtin(new World(new ShortHeartbeats()));
    }

    private static World builtin(World world) {
        world.start(BuiltinHandlers::newEventWorkflow);
        return world;
    }

    public static World with(EventHandler... handlers) {
        World world = new World();
        world.start(() -> new EventWorkflowImpl(List.of(handlers), () -> _ -> List.of()));
        return world;
    }

    private void start(io.temporal.workflow.Functions.Func<EventWorkflow> factory) {
        Worker events = temporal.newWorker(TaskQueues.EVENTS);
        events.registerWorkflowImplementationFactory(EventWorkflow.class, factory);
        events.registerWorkflowImplementationTypes(
                DeliveryWorkflowImpl.class, ToolRunWorkflowImpl.class, RunQueueWorkflowImpl.class);
        events.registerActivitiesImplementations(chat, notifications, rows, tools);
        temporal.newWorker(TaskQueues.TOOLS).registerActivitiesImplementations(runs);
        temporal.newWorker(TaskQueues.NOTIFY).registerActivitiesImplementations(notifications);
        temporal.newWorker(TaskQueues.LLM).registerActivitiesImplementations(chat);
        temporal.newWorker(TaskQueues.ofProcess("here")).registerActivitiesImplementations(chat);
        temporal.start();
    }

    public WorkflowStub post(Event event) {
        return start(new EventSubmission(event, null, null, null, true));
    }

    public WorkflowStub postFor(Event event, Instant due) {
        return start(new EventSubmission(event, due, null, null, true));
    }

    public WorkflowStub start(EventSubmission submission) {
        Event event = submission.event();
        EventStatus status = submission.due() == null ? EventStatus.RUNNING : EventStatus.SCHEDULED;
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Event",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.EVENTS)
                                .setWorkflowId(EventWorkflowId.of(event.owner(), event.id()))
                                .setTypedSearchAttributes(EventAttributes.atStart(event, status))
                                .build());
        stub.start(submission);
        return stub;
    }

    public EventOutcome outcomeOf(Event event) {
        return post(event).getResult(EventOutcome.class);
    }

    public EventWorkflow typed(WorkflowStub stub) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(EventWorkflow.class, stub.getExecution().getWorkflowId());
    }

    public Instant now() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    public void letPass(Duration time) {
        temporal.sleep(time);
    }

    /**
     * Ends a workflow from outside once nothing of it is under way: for an activity or a task whose workflow is gone the
     * test server never skips time again (sdk-java 1138).
     */
    public void terminate(String workflowId) {
        await().until(() -> isIdle(workflowId));
        client().newUntypedWorkflowStub(workflowId).terminate("by an operator");
    }

    private boolean isIdle(String workflowId) {
        EventType last = client().fetchHistory(workflowId).getLastEvent().getEventType();
        return last != EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
                && last != EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED
                && client().newUntypedWorkflowStub(workflowId)
                                .describe()
                                .getRawDescription()
                                .getPendingActivitiesCount()
                        == 0;
    }

    public WorkflowClient client() {
        return temporal.getWorkflowClient();
    }

    @Override
    public void close() {
        temporal.close();
    }
}
