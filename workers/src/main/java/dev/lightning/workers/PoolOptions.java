package dev.lightning.workers;

import dev.lightning.workflows.TaskQueues;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.PollerBehavior;
import io.temporal.worker.tuning.PollerBehaviorAutoscaling;

/** How much the worker of a task queue does at once, and how fast. */
final class PoolOptions {
    /** Few calls are slow enough to come to the queue of the process itself. */
    private static final int OWN_POLLERS = 2;

    /**
     * A fixed number of pollers turns to the tasks of cached workflows as long as many of them wait; when these are given
     * to everybody after five seconds, nobody asks for them until the polls end after a minute (sdk-java, issue 1858).
     */
    private static final PollerBehavior WORKFLOW_POLLERS = new PollerBehaviorAutoscaling(1, 10, 5);

    private PoolOptions() {}

    /** What the model's own pool may not do yet stays in its queue, where other processes find it. */
    static WorkerOptions of(String queue, WorkerSettings settings) {
        boolean model = queue.equals(TaskQueues.LLM);
        int slots = model ? settings.modelSlots() : settings.activitySlots();
        WorkerOptions.Builder options = WorkerOptions.newBuilder()
                .setWorkflowTaskPollersBehavior(WORKFLOW_POLLERS)
                .setMaxConcurrentActivityExecutionSize(slots)
                .setMaxConcurrentLocalActivityExecutionSize(settings.activitySlots())
                .setUsingVirtualThreadsOnActivityWorker(true)
                .setUsingVirtualThreadsOnLocalActivityWorker(true);
        if (!TaskQueues.ALL.contains(queue)) {
            options.setMaxConcurrentActivityTaskPollers(OWN_POLLERS);
        }
        return model && settings.modelRatePerSecond() > 0
                ? options.setMaxTaskQueueActivitiesPerSecond(settings.modelRatePerSecond())
                        .build()
                : options.build();
    }
}
