package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.StoreCalls;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;

/** The queue as two lists; whoever ended without a word is found out when others wait for the place. */
public final class RunQueueWorkflowImpl implements RunQueueWorkflow {
    private static final Logger log = Workflow.getLogger(RunQueueWorkflowImpl.class);

    private static final Duration CHECK = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** Queues whose history is without it asked who has ended in silence only when nothing else happened. */
    private static final String ALSO_WHEN_BUSY = "a-busy-queue-checks-too";

    /** Queues whose history is without it held each run to what its definition had said when the run came. */
    private static final String ASKS_REPLICAS = "a-queue-asks-for-replicas";

    private final StoreCalls<ToolActivities> store = new StoreCalls<>(ToolActivities.class);
    private final List<RunTicket> running = new ArrayList<>();
    private final List<RunTicket> waiting = new ArrayList<>();
    private boolean news;
    private boolean replicasAreOld;
    private long checkedAtMillis = Workflow.currentTimeMillis();

    @Override
    public void run(RunQueueState state) {
        running.addAll(0, state.running());
        waiting.addAll(0, state.waiting());
        replicasAreOld |= !state.waiting().isEmpty();
        boolean alsoWhenBusy = Workflow.getVersion(ALSO_WHEN_BUSY, Workflow.DEFAULT_VERSION, 1) == 1;
        boolean asksReplicas = Workflow.getVersion(ASKS_REPLICAS, Workflow.DEFAULT_VERSION, 1) == 1;
        while (true) {
            news = false;
            if (asksReplicas && replicasAreOld) {
                askReplicas();
            }
            admit();
            Duration limit = waiting.isEmpty() ? IDLE : CHECK;
            boolean told = alsoWhenBusy ? Patience.await(limit, () -> news) : Workflow.await(limit, () -> news);
            if (!told && running.isEmpty() && waiting.isEmpty()) {
                return;
            }
            if (!told || (alsoWhenBusy && isCheckDue())) {
                dropEnded();
                replicasAreOld = true;
            }
            if (Workflow.getInfo().isContinueAsNewSuggested()) {
                Workflow.continueAsNew(state());
            }
        }
    }

    @Override
    public void enter(RunTicket ticket) {
        boolean known = running.stream().anyMatch(there -> isOf(there, ticket.workflowId()))
                || waiting.stream().anyMatch(there -> isOf(there, ticket.workflowId()));
        if (!known) {
            replicasAreOld |= waiting.stream().anyMatch(there -> isOfOtherReplicas(there, ticket));
            waiting.add(placeOf(ticket), ticket);
        }
        news = true;
    }

    @Override
    public void leave(String workflowId) {
        running.removeIf(there -> isOf(there, workflowId));
        waiting.removeIf(there -> isOf(there, workflowId));
        news = true;
    }

    @Override
    public void definitionChanged() {
        replicasAreOld = true;
        news = true;
    }

    @Override
    public RunQueueState state() {
        return new RunQueueState(running, waiting);
    }

    /** Workflows do not get their turns in the order of their events, so whoever was overtaken on the way here goes ahead. */
    private int placeOf(RunTicket ticket) {
        int place = waiting.size();
        while (place > 0 && ticket.cameBefore(waiting.get(place - 1))) {
            place--;
        }
        return place;
    }

    private void askReplicas() {
        replicasAreOld = false;
        List<String> tools = waiting.stream().map(RunTicket::tool).distinct().toList();
        if (tools.isEmpty()) {
            return;
        }
        String owner = RunQueueWorkflow.ownerOf(Workflow.getInfo().getWorkflowId());
        for (ReplicaLimit limit : store.ask(known -> known.replicas(owner, tools))) {
            waiting.replaceAll(ticket -> ticket.tool().equals(limit.tool()) ? ticket.within(limit.replicas()) : ticket);
        }
    }

    private void admit() {
        for (RunTicket ticket : List.copyOf(waiting)) {
            if (waiting.contains(ticket) && fits(ticket)) {
                waiting.remove(ticket);
                running.add(ticket);
                tell(ticket);
            }
        }
    }

    private boolean fits(RunTicket ticket) {
        long ofTool = running.stream()
                .filter(there -> there.tool().equals(ticket.tool()))
                .count();
        long ofUser = running.stream()
                .filter(there -> there.userKey().equals(ticket.userKey()))
                .count();
        Integer replicas = ticket.replicas();
        return (replicas == null || ofTool < replicas) && ofUser < ticket.perUser();
    }

    private void tell(RunTicket ticket) {
        try {
            Workflow.newExternalWorkflowStub(ToolRunWorkflow.class, ticket.workflowId())
                    .admitted();
        } catch (SignalExternalWorkflowException gone) {
            log.info("event=queue.gone task={}", ticket.workflowId());
            running.remove(ticket);
            news = true;
        }
    }

    private boolean isCheckDue() {
        return !waiting.isEmpty() && Workflow.currentTimeMillis() - checkedAtMillis >= CHECK.toMillis();
    }

    private void dropEnded() {
        checkedAtMillis = Workflow.currentTimeMillis();
        List<String> asked = running.stream().map(RunTicket::workflowId).toList();
        List<String> open = store.ask(tools -> tools.openRuns(asked));
        running.removeIf(there -> asked.contains(there.workflowId()) && !open.contains(there.workflowId()));
    }

    private static boolean isOfOtherReplicas(RunTicket one, RunTicket other) {
        return one.tool().equals(other.tool()) && !Objects.equals(one.replicas(), other.replicas());
    }

    private static boolean isOf(RunTicket ticket, String workflowId) {
        return ticket.workflowId().equals(workflowId);
    }
}
