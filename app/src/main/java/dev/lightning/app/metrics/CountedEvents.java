package dev.lightning.app.metrics;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.RunRecord;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how runs of events end, {@code lightning_events_ended_total} by status, so that an alarm can watch FAILED and UNROUTED. */
public record CountedEvents(EventActivities counted, MeterRegistry registry) implements EventActivities {
    @Override
    public void recordArrival(Event event) {
        counted.recordArrival(event);
    }

    @Override
    public void recordOutcome(RunRecord run) {
        counted.recordOutcome(run);
        registry.counter(
                        "lightning.events.ended",
                        "status",
                        run.report().status().name())
                .increment();
    }
}
