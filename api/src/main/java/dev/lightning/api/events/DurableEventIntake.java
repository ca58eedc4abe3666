package dev.lightning.api.events;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.Urgency;
import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.EventArrival;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.EventWorkflowId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First the row, then the workflow, then the answer. Whatever dies in between, a repeat of the same post finds the row
 * and starts the workflow unless it is there, so nothing accepted is lost and nothing runs twice.
 */
public final class DurableEventIntake implements EventIntake {
    private static final Logger log = LoggerFactory.getLogger(DurableEventIntake.class);

    private final EventRows rows;
    private final EventRuns runs;
    private final LargeMetadata large;
    private final ToolMatcher tools;
    private final Admission admission;
    private final @Nullable String modelQueue;

    /** Takes the task queue of model calls, null for the workflow's own. */
    public DurableEventIntake(
            EventRows rows,
            EventRuns runs,
            LargeMetadata large,
            ToolMatcher tools,
            Admission admission,
            @Nullable String modelQueue) {
        this.rows = rows;
        this.runs = runs;
        this.large = large;
        this.tools = tools;
        this.admission = admission;
        this.modelQueue = modelQueue;
    }

    @Override
    public Intake take(Posted posted, @Nullable Instant due) {
        String ownerKey = posted.event().owner().key();
        String id = posted.event().id().value();
        try {
            if (due == null) {
                admit(ownerKey, id, posted.urgency());
            }
            return taken(posted, due);
        } catch (RuntimeException notTaken) {
            admission.forget(ownerKey, id);
            throw notTaken;
        }
    }

    /** What has been accepted stays accepted: only an event that is not here yet can be refused. */
    private void admit(String ownerKey, String id, Urgency urgency) {
        Optional<Duration> refusal = admission.ask(ownerKey, id, urgency);
        if (refusal.isPresent() && rows.find(ownerKey, id).isEmpty()) {
            throw Problem.overloaded(refusal.get());
        }
    }

    private Intake taken(Posted posted, @Nullable Instant due) {
        try {
            while (true) {
                switch (rows.insertIfAbsent(row(posted, due))) {
                    case EventArrival.First(EventRow row) -> {
                        return first(row, posted);
                    }
                    case EventArrival.Repeated(EventRow row) -> {
                        Optional<Intake> repeated = repeated(row, posted);
                        if (repeated.isPresent()) {
                            return repeated.get();
                        }
                    }
                }
            }
        } catch (StorageUnavailableException | UncheckedIOException away) {
            log.warn("event=store.away reason=\"{}\"", away.getMessage());
            throw Problem.STORE_UNAVAILABLE.away();
        }
    }

    private Intake first(EventRow row, Posted posted) {
        Event event = posted.event();
        return switch (start(row, fit(row, event), posted.urgency())) {
            case RunStart.Persisted(String runId) -> {
                log.info("event=event.accepted workflow={} type={}", workflowId(event), event.type());
                yield new Intake(row.id(), workflowId(event), runId, false);
            }
            case RunStart.Refused _, RunStart.NoHistory _ -> {
                rows.remove(row);
                throw Problem.TEMPORAL_UNAVAILABLE.away();
            }
            case RunStart.Unknown _ -> throw Problem.TEMPORAL_UNAVAILABLE.away();
        };
    }

    /** Answers a repeat; empty when the row changed meanwhile and has to be looked at again. */
    private Optional<Intake> repeated(EventRow row, Posted posted) {
        Event event = posted.event();
        if (!row.bodyHash().equals(posted.bodyHash())) {
            throw Problem.CONFLICT.with("There is another event with the id " + row.id());
        }
        if (row.hasEnded()) {
            admission.forget(row.ownerKey(), row.id());
            return Optional.of(
                    new Intake(row.id(), workflowId(event), row.runs().getLast().runId(), true));
        }
        return rows.claim(row).map(claimed -> again(claimed, posted));
    }

    private Intake again(EventRow row, Posted posted) {
        Event event = posted.event();
        return switch (start(row, large.fit(asFirstReceived(row, event)), posted.urgency())) {
            case RunStart.Persisted(String runId) -> new Intake(row.id(), workflowId(event), runId, true);
            case RunStart.Refused _, RunStart.NoHistory _, RunStart.Unknown _ ->
                throw Problem.TEMPORAL_UNAVAILABLE.away();
        };
    }

    private RunStart start(EventRow row, Event event, Urgency urgency) {
        long since = System.nanoTime();
        try {
            return runs.start(new EventSubmission(event, row.due(), null, modelQueue, asksTools(row)), urgency);
        } finally {
            admission.started(Duration.ofNanos(System.nanoTime() - since));
        }
    }

    /** An event of an owner without any tool is spared a step, unless it starts later or brings its tool along. */
    private boolean asksTools(EventRow row) {
        return row.due() != null || row.type().equals(EventTypes.WORKER_TASK) || tools.hasToolsFor(row.ownerKey());
    }

    private Event fit(EventRow row, Event event) {
        try {
            return large.fit(event);
        } catch (UncheckedIOException blobsAway) {
            rows.remove(row);
            throw blobsAway;
        }
    }

    /** What the first post would have started, had it come that far. */
    private static Event asFirstReceived(EventRow row, Event event) {
        boolean sameTime = event.time().truncatedTo(ChronoUnit.MILLIS).equals(row.time());
        return Event.root(
                event.id(),
                event.type(),
                event.source(),
                sameTime ? event.time() : row.time(),
                row.receivedAt(),
                event.owner(),
                event.subject(),
                event.metadata(),
                event.blobRef());
    }

    private static EventRow row(Posted posted, @Nullable Instant due) {
        Event event = posted.event();
        EventStatus status = due == null ? EventStatus.RUNNING : EventStatus.SCHEDULED;
        return EventRow.received(
                event.owner().key(),
                event.owner().userId(),
                event.id().value(),
                posted.bodyHash(),
                event.type(),
                event.source(),
                event.time(),
                event.receivedAt(),
                due,
                status.name());
    }

    private static String workflowId(Event event) {
        return EventWorkflowId.of(event.owner(), event.id());
    }
}
