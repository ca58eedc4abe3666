package dev.lightning.app.metrics;

import dev.lightning.workflows.events.RunRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/** Counts how runs of events end, {@code lightning_events_ended_total} by status, so that an alarm can watch FAILED and UNROUTED. */
public record CountedEvents(MeterRegistry registry) implements Consumer<RunRecord> {
    @Override
    public void accept(RunRecord run) {
        registry.counter(
                        "lightning.events.ended",
                        "status",
                        run.report().status().name())
                .increment();
    }
}
