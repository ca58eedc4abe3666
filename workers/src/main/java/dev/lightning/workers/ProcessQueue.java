package dev.lightning.workers;

import dev.lightning.workflows.TaskQueues;
import java.util.UUID;

/** The task queue that only this process polls: what is under way here is waited for here. */
public record ProcessQueue(String name) {
    /** Another one for every start of a process. */
    public static ProcessQueue unique() {
        return new ProcessQueue(TaskQueues.ofProcess(UUID.randomUUID().toString()));
    }
}
