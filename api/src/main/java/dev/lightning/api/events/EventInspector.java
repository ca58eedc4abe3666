package dev.lightning.api.events;

import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where an event stands, and while doing so puts a row right that the workflow could not: one whose workflow an
 * operator terminated, or that never had one because the process died between the two.
 */
final class EventInspector {
    private static final Logger log = LoggerFactory.getLogger(EventInspector.class);

    /** How long a row may wait for its workflow: well above what a start may take. */
    private static final Duration START_TAKES_LESS = Duration.ofMinutes(1);

    private final EventRows rows;
    private final EventRuns runs;
    private final EventViews views;
    private final InstantSource clock;

    EventInspector(EventRows rows, EventRuns runs, EventViews views, InstantSource clock) {
        this.rows = rows;
        this.runs = runs;
        this.views = views;
        this.clock = clock;
    }

    /** The event of this id, empty when the owner has none. */
    Optional<EventView> find(Owner owner, String id) {
        return EventId.isPossible(id)
                ? rows.find(owner.key(), id).flatMap(row -> row.hasEnded() ? ended(row) : open(owner, row))
                : Optional.empty();
    }

    private Optional<EventView> open(Owner owner, EventRow row) {
        return switch (runs.state(owner, new EventId(row.id()))) {
            case RunState.Open open -> Optional.of(views.running(row, open));
            case RunState.Away _ -> Optional.of(views.stored(row, false));
            case RunState.Closed closed -> again(closed(owner, row, closed));
            case RunState.Missing _ -> again(missing(row));
        };
    }

    private Optional<EventView> again(EventRow row) {
        return rows.find(row.ownerKey(), row.id()).flatMap(this::ended);
    }

    private Optional<EventView> ended(EventRow row) {
        return Optional.of(views.stored(row, true));
    }

    /** A workflow that ended without a word to its row is recorded; one whose retry never came is put back. */
    private EventRow closed(Owner owner, EventRow row, RunState.Closed closed) {
        if (!row.knows(closed.runId())) {
            Reason reason = closed.reason();
            EventRun run = new EventRun(
                    closed.runId(),
                    closed.status().name(),
                    reason == null ? null : reason.code(),
                    reason == null ? null : reason.message(),
                    closed.startedAt(),
                    closed.endedAt());
            String report = closed.report() == null ? null : EventJson.MAPPER.writeValueAsString(closed.report());
            rows.recordRun(row.ownerKey(), row.id(), run, report);
            log.info(
                    "event=event.ended workflow={} run={} status={} reason={} healed=true",
                    EventWorkflowId.of(owner, new EventId(row.id())),
                    closed.runId(),
                    closed.status(),
                    reason == null ? "" : reason.code());
        } else if (isOverdue(row)) {
            rows.restore(row);
        }
        return row;
    }

    private EventRow missing(EventRow row) {
        if (isOverdue(row)) {
            if (row.runs().isEmpty()) {
                log.warn("event=event.row.removed event_id={} owner={}", row.id(), row.ownerKey());
                rows.remove(row);
            } else {
                rows.restore(row);
            }
        }
        return row;
    }

    private boolean isOverdue(EventRow row) {
        return row.standing().openedAt().plus(START_TAKES_LESS).isBefore(clock.instant());
    }
}
