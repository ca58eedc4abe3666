package dev.lightning.api.events;

import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.workflows.events.Event;
import java.time.InstantSource;
import java.util.List;

/** Invocations as the product makes them, in front of runs that only remember what they were to start. */
public final class InvocationsOnFakes {
    private final FakeEventRuns runs = new FakeEventRuns();
    private final EventIntake intake = new DurableEventIntake(
            new EventRows(new InMemoryEntityStore()),
            runs,
            new LargeMetadata(new InMemoryBlobs()),
            ToolsInMemory.none(),
            Admissions.open(),
            null);

    public Invocations invocations() {
        return new Invocations(intake, new AcceptLimit(1_000, 1_000), InstantSource.system());
    }

    public List<Event> started() {
        return runs.started.stream().map(submission -> submission.event()).toList();
    }
}
