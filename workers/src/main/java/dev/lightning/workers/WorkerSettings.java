package dev.lightning.workers;

import dev.lightning.workflows.TaskQueues;
import java.time.Duration;
import java.util.List;

/**
 * The machine's policy: what this process polls and how much of it at once.
 *
 * @param queues the task queues to poll; empty means all that have work to do
 * @param modelQueue the task queue that model calls are sent to
 * @param activitySlots how many activities of one queue run at once
 * @param workflowCache how many workflows are kept in memory between their tasks
 * @param modelSlots how many model calls the pool of {@code lightning-llm} makes at once in this process
 * @param modelRatePerSecond how many calls a second that queue hands out in all, however many processes; 0 is unlimited
 * @param stopTimeout how long a stop waits for running activities before it interrupts them
 */
public record WorkerSettings(
        List<String> queues,
        String modelQueue,
        int activitySlots,
        int workflowCache,
        int modelSlots,
        double modelRatePerSecond,
        Duration stopTimeout) {
    private static final List<String> MODEL_QUEUES = List.of(TaskQueues.EVENTS, TaskQueues.LLM);

    public WorkerSettings {
        require(MODEL_QUEUES.contains(modelQueue), "LLM_QUEUE must be one of " + String.join(", ", MODEL_QUEUES));
        require(
                TaskQueues.ALL.containsAll(queues),
                "WORKER_QUEUES must be a list of names from " + String.join(", ", TaskQueues.ALL));
        require(activitySlots > 0, "LIGHTNING_ACTIVITY_SLOTS must be at least 1");
        require(workflowCache > 0, "LIGHTNING_WORKFLOW_CACHE must be at least 1");
        require(modelSlots > 0, "LLM_MAX_CONCURRENT must be at least 1");
        require(modelRatePerSecond >= 0, "LLM_RATE_PER_SECOND must be 0 (unlimited) or more");
        require(!stopTimeout.isNegative(), "LIGHTNING_STOP_TIMEOUT must not be negative");
        queues = queues.isEmpty() ? withWork(modelQueue) : List.copyOf(queues);
    }

    /** Whether the model's queue has a rate of its own, so that the process need not keep to one. */
    public boolean hasModelQueue() {
        return modelQueue.equals(TaskQueues.LLM);
    }

    private static List<String> withWork(String modelQueue) {
        return TaskQueues.ALL.stream()
                .filter(queue -> !queue.equals(TaskQueues.LLM) || queue.equals(modelQueue))
                .toList();
    }

    private static void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw new IllegalArgumentException(message);
        }
    }
}
