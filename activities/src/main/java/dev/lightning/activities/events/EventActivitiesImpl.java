package dev.lightning.activities.events;

import dev.lightning.providers.storage.rows.EventArrival;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.providers.storage.rows.RunRecording;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventActivities;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.RunRecord;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a workflow says of itself into its event's row; a store that is away makes Temporal try again. */
public final class EventActivitiesImpl implements EventActivities {
    private static final Logger log = LoggerFactory.getLogger(EventActivitiesImpl.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A run of a schedule has no body of its own that a repeat could be compared with. */
    private static final String NO_BODY = "";

    private final EventRows rows;

    private final Consumer<RunRecord> onEnded;

    /** Takes who wants to hear how each run ended: once, however often Temporal has it recorded. */
    public EventActivitiesImpl(EventRows rows, Consumer<RunRecord> onEnded) {
        this.rows = rows;
        this.onEnded = onEnded;
    }

    @Override
    public void recordArrival(Event event) {
        EventArrival arrival = rows.insertIfAbsent(EventRow.received(
                event.owner().key(),
                event.owner().userId(),
                event.id().value(),
                NO_BODY,
                event.type(),
                event.source(),
                event.time(),
                event.receivedAt(),
                null,
                EventStatus.RUNNING.name()));
        if (arrival instanceof EventArrival.First) {
            log.info(
                    "event=event.arrived workflow={} type={}",
                    EventWorkflowId.of(event.owner(), event.id()),
                    event.type());
        }
    }

    @Override
    public void recordOutcome(RunRecord run) {
        EventReport report = run.report();
        RunRecording recording =
                rows.recordRun(run.owner().key(), run.eventId().value(), ended(run), JSON.writeValueAsString(report));
        String workflow = EventWorkflowId.of(run.owner(), run.eventId());
        switch (recording) {
            case RECORDED -> {
                onEnded.accept(run);
                log.info(
                        "event=event.ended workflow={} run={} status={} reason={}",
                        workflow,
                        run.runId(),
                        report.status(),
                        report.reason() == null ? "" : report.reason().code());
            }
            case REPEATED -> {}
            case MISSING -> log.warn("event=event.row.missing workflow={} run={}", workflow, run.runId());
        }
    }

    private static EventRun ended(RunRecord run) {
        Reason reason = run.report().reason();
        return new EventRun(
                run.runId(),
                run.report().status().name(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.message(),
                run.startedAt(),
                run.endedAt());
    }
}
