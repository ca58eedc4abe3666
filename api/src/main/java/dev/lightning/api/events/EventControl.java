package dev.lightning.api.events;

import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;

/** Ends events early and runs failed ones again. */
final class EventControl {
    private static final Logger log = LoggerFactory.getLogger(EventControl.class);

    private final EventRows rows;
    private final EventRuns runs;
    private final EventInspector inspector;
    private final InstantSource clock;

    EventControl(EventRows rows, EventRuns runs, EventInspector inspector, InstantSource clock) {
        this.rows = rows;
        this.runs = runs;
        this.inspector = inspector;
        this.clock = clock;
    }

    /** Asks the event to end as CANCELLED; harmless for one that has. */
    EventView cancel(Owner owner, String id) {
        EventView seen = find(owner, id);
        if (!seen.status().isTerminal()) {
            seen = cancelOpen(owner, seen);
        }
        if (seen.status().isTerminal() && seen.status() != EventStatus.CANCELLED) {
            throw Problem.CONFLICT.with("The event has ended already: " + seen.status());
        }
        return seen;
    }

    private EventView cancelOpen(Owner owner, EventView seen) {
        return switch (runs.cancel(owner, new EventId(seen.id()))) {
            case REQUESTED -> {
                log.info("event=event.cancel.requested workflow={}", seen.workflowId());
                yield seen;
            }
            case MISSING -> {
                EventView now = find(owner, seen.id());
                if (!now.status().isTerminal()) {
                    throw Problem.CONFLICT.with("The event is just being started; try again");
                }
                yield now;
            }
            case AWAY -> throw Problem.TEMPORAL_UNAVAILABLE.away();
        };
    }

    /** Starts another run of a failed event; of several callers at once exactly one does. */
    Accepted retry(Owner owner, String id) {
        find(owner, id);
        EventRow row = rows.find(owner.key(), id).orElseThrow(() -> missing(id));
        if (!row.hasEnded() || !row.status().equals(EventStatus.FAILED.name())) {
            throw Problem.CONFLICT.with("Only a FAILED event can be retried; this one is " + row.status());
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        EventRow opened = rows.reopen(row, EventStatus.RUNNING.name(), now)
                .orElseThrow(() -> Problem.CONFLICT.with("The event is being retried already"));
        return started(owner, opened);
    }

    private Accepted started(Owner owner, EventRow opened) {
        EventId id = new EventId(opened.id());
        String workflowId = EventWorkflowId.of(owner, id);
        return switch (runs.startAgain(owner, id)) {
            case RunStart.Persisted(String runId) -> {
                log.info("event=event.retried workflow={} run={}", workflowId, runId);
                yield Accepted.run(opened.id(), workflowId, runId);
            }
            case RunStart.Refused _ -> {
                rows.restore(opened);
                throw Problem.TEMPORAL_UNAVAILABLE.away();
            }
            case RunStart.NoHistory _ -> {
                rows.restore(opened);
                throw Problem.CONFLICT.with("The event is too old to be retried: its history has been deleted");
            }
            case RunStart.Unknown _ -> throw Problem.TEMPORAL_UNAVAILABLE.away();
        };
    }

    private EventView find(Owner owner, String id) {
        return inspector.find(owner, id).orElseThrow(() -> missing(id));
    }

    private static ErrorResponseException missing(String id) {
        return Problem.noSuch("event", id);
    }
}
