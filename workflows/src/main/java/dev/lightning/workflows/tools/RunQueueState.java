package dev.lightning.workflows.tools;

import java.util.List;

/** Who runs and who waits, in the order in which they came. */
public record RunQueueState(List<RunTicket> running, List<RunTicket> waiting) {
    public static final RunQueueState EMPTY = new RunQueueState(List.of(), List.of());

    public RunQueueState {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
    }
}
