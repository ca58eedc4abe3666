package dev.lightning.workflows.testing;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.RunRecord;
import io.temporal.activity.Activity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Event rows as a list, and a store that can be away. */
public final class RememberedRows implements EventActivities {
    public final List<Event> arrivals = new CopyOnWriteArrayList<>();
    public final List<RunRecord> runs = new CopyOnWriteArrayList<>();
    public final AtomicInteger regularCalls = new AtomicInteger();
    private final AtomicInteger outages = new AtomicInteger();

    public void isAwayFor(int calls) {
        outages.set(calls);
    }

    @Override
    public void recordArrival(Event event) {
        answer();
        arrivals.add(event);
    }

    @Override
    public void recordOutcome(RunRecord run) {
        answer();
        runs.add(run);
    }

    public EventReport reportOf(EventId id) {
        List<RunRecord> found =
                runs.stream().filter(run -> run.eventId().equals(id)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " outcomes recorded for " + id);
        }
        return found.getFirst().report();
    }

    private void answer() {
        if (!Activity.getExecutionContext().getInfo().isLocal()) {
            regularCalls.incrementAndGet();
        }
        if (outages.getAndDecrement() > 0) {
            throw new IllegalStateException("the store is away");
        }
    }
}
