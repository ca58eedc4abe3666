package dev.lightning.app.overload;

import dev.lightning.workflows.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the tasks that this process's own workers took since the last look had waited, as Temporal's SDK times it. It
 * hears at once of waiting anywhere in Temporal, also before a task is in its queue.
 */
final class WorkerDelay {
    private static final List<String> TIMERS =
            List.of("temporal_workflow_task_schedule_to_start_latency", "temporal_activity_schedule_to_start_latency");

    private final MeterRegistry registry;
    private long seenTasks;
    private double seenMillis;

    WorkerDelay(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The mean of all tasks since the last look; zero when there were none. */
    Duration sinceLastLook() {
        long tasks = 0;
        double millis = 0;
        for (Timer timer : timers()) {
            tasks += timer.count();
            millis += timer.totalTime(TimeUnit.MILLISECONDS);
        }
        long fresh = tasks - seenTasks;
        double waited = millis - seenMillis;
        seenTasks = tasks;
        seenMillis = millis;
        return fresh <= 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, Math.round(waited / fresh)));
    }

    /** Also those of the worker's sticky queue, whose name begins with its own. */
    private List<Timer> timers() {
        return TIMERS.stream()
                .flatMap(name -> registry.find(name).timers().stream())
                .filter(timer ->
                        String.valueOf(timer.getId().getTag("task_queue")).startsWith(TaskQueues.EVENTS))
                .toList();
    }
}
