package dev.lightning.workflows.tools;

import java.util.List;
import java.util.Optional;

/** Who runs and who waits, in the order in which they came. */
public record RunQueueState(List<RunTicket> running, List<RunTicket> waiting) {
    public static final RunQueueState EMPTY = new RunQueueState(List.of(), List.of());

    public RunQueueState {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
    }

    /** Where a run waits; empty when it does not. */
    public Optional<QueuePlace> placeOf(String workflowId) {
        return waiting.stream()
                .filter(ticket -> ticket.workflowId().equals(workflowId))
                .findFirst()
                .map(this::place);
    }

    private QueuePlace place(RunTicket ticket) {
        List<RunTicket> rivals = waiting.stream().filter(ticket::mayWaitFor).toList();
        long runs = running.stream()
                .filter(there -> there.tool().equals(ticket.tool()))
                .count();
        return new QueuePlace(rivals.indexOf(ticket) + 1, rivals.size(), Math.toIntExact(runs), ticket.replicas());
    }
}
