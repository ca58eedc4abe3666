package dev.lightning.workers;

import dev.lightning.workflows.TaskQueues;
import io.temporal.worker.WorkerOptions;

/** How much the worker of a task queue does at once, and how fast. */
final class PoolOptions {
    /** Few calls are slow enough to come to the queue of the process itself. */
    private static final int OWN_POLLERS = 2;

    private PoolOptions() {}

    /** What the model's own pool may not do yet stays in its queue, where other processes find it. */
    static WorkerOptions of(String queue, WorkerSettings settings) {
        boolean model = queue.equals(TaskQueues.LLM);
        int slots = model ? settings.modelSlots() : settings.activitySlots();
        WorkerOptions.Builder options = WorkerOptions.newBuilder()
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
