package dev.lightning.api.events;

import dev.lightning.api.admission.Urgency;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.Owner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Runs as a server would keep them: one per workflow id, and answers as scripted when something is to go wrong. */
final class FakeEventRuns implements EventRuns {
    final List<EventSubmission> started = new CopyOnWriteArrayList<>();
    final List<Urgency> urgencies = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile Function<EventSubmission, RunStart> starting = this::persist;
    volatile RunStart startingAgain = new RunStart.Persisted("run-again");
    volatile RunState state = new RunState.Away();
    volatile Cancelling cancelling = Cancelling.REQUESTED;

    private final Map<String, String> runIds = new ConcurrentHashMap<>();

    @Override
    public RunStart start(EventSubmission submission, Urgency urgency) {
        urgencies.add(urgency);
        asked.incrementAndGet();
        return starting.apply(submission);
    }

    RunStart persist(EventSubmission submission) {
        String workflowId = EventWorkflowId.of(
                submission.event().owner(), submission.event().id());
        return new RunStart.Persisted(runIds.computeIfAbsent(workflowId, id -> {
            started.add(submission);
            return "run-of-" + id;
        }));
    }

    @Override
    public RunStart startAgain(Owner owner, EventId id) {
        return startingAgain;
    }

    @Override
    public RunState state(Owner owner, EventId id) {
        return state;
    }

    @Override
    public Cancelling cancel(Owner owner, EventId id) {
        cancelled.add(EventWorkflowId.of(owner, id));
        return cancelling;
    }
}
