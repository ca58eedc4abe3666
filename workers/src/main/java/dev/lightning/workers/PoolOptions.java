package dev.lightning.workers;

import dev.lightning.workflows.TaskQueues;
import io.temporal.worker.WorkerOptions;

/** How much the worker of a task queue does at once, and how fast. */
final class PoolOptions {
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
        return model && settings.modelRatePerSecond() > 0
                ? options.setMaxTaskQueueActivitiesPerSecond(settings.modelRatePerSecond())
                        .build()
                : options.build();
    }
}
