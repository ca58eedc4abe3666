package dev.lightning.api.events;

import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.workflows.events.EventDocument;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventWorkflowId;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.tools.TaskId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what the row, the workflow and the server each know of an event. */
final class EventViews {
    private final TemporalLinks links;
    private final WaitingTasks tasks;
    private final InstantSource clock;

    EventViews(TemporalLinks links, WaitingTasks tasks, InstantSource clock) {
        this.links = links;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** What the store knows. */
    EventView stored(EventRow row, boolean live) {
        EventReport report = row.report() == null ? null : report(row.report());
        Reason reason =
                Standings.reason(row.standing().reasonCode(), row.standing().reasonMessage());
        List<EventView.RunView> runs = ended(row);
        String lastRun =
                runs.isEmpty() || !row.hasEnded() ? null : runs.getLast().runId();
        return view(row, Standings.status(row, clock.instant()), false, live, reason, report, List.of(), runs, lastRun);
    }

    /** What Temporal knows of a run that is under way. */
    EventView running(EventRow row, RunState.Open open) {
        EventReport report = open.report();
        EventStatus status = report == null ? Standings.status(row, clock.instant()) : report.status();
        List<EventView.RunView> runs = new ArrayList<>(ended(row));
        runs.add(new EventView.RunView(open.runId(), status, null, open.startedAt(), null));
        Reason reason = report == null ? null : report.reason();
        return view(row, status, open.stuck(), true, reason, report, open.pending(), runs, open.runId());
    }

    private EventView view(
            EventRow row,
            EventStatus status,
            boolean stuck,
            boolean live,
            @Nullable Reason reason,
            @Nullable EventReport report,
            List<RunState.PendingStep> pending,
            List<EventView.RunView> runs,
            @Nullable String linkedRun) {
        String workflowId = EventWorkflowId.of(new Owner(row.ownerKey(), row.userId()), new EventId(row.id()));
        String self = "/api/events/" + row.id();
        return new EventView(
                row.id(),
                row.type(),
                row.source(),
                row.time(),
                row.receivedAt(),
                row.userId(),
                status,
                stuck,
                live,
                reason,
                report == null || report.due() == null ? row.due() : report.due(),
                report == null ? List.of() : steps(row.ownerKey(), report.steps(), pending),
                report == null
                        ? List.of()
                        : report.chain().stream().map(EventDocument::of).toList(),
                runs,
                workflowId,
                new EventView.Links(self, self + "/stream", links.history(workflowId, linkedRun)));
    }

    /** The workflow learns of attempts when a step has ended; until then the server knows them. */
    private List<EventView.StepView> steps(String ownerKey, List<Step> steps, List<RunState.PendingStep> pending) {
        RunState.PendingStep tried = pending.stream()
                .filter(activity -> !activity.activity().startsWith("Event."))
                .findFirst()
                .orElse(null);
        return steps.stream().map(step -> step(ownerKey, step, tried)).toList();
    }

    private EventView.StepView step(String ownerKey, Step step, RunState.@Nullable PendingStep tried) {
        if (step.state() != StepState.RUNNING) {
            return view(step, step.state());
        }
        if (tasks.awaitApproval(ownerKey, TaskId.of(step.eventId(), step.name()))) {
            return view(step, StepState.AWAITING_APPROVAL);
        }
        return tried == null ? view(step, step.state()) : pending(step, tried);
    }

    private static EventView.StepView pending(Step step, RunState.PendingStep tried) {
        return new EventView.StepView(
                step.name(),
                step.eventId().value(),
                step.state(),
                Math.max(step.attempts(), tried.attempt()),
                tried.lastError() == null ? step.lastError() : tried.lastError(),
                step.startedAt(),
                null);
    }

    private static EventView.StepView view(Step step, StepState state) {
        return new EventView.StepView(
                step.name(),
                step.eventId().value(),
                state,
                step.attempts(),
                step.lastError(),
                step.startedAt(),
                step.endedAt());
    }

    private static List<EventView.RunView> ended(EventRow row) {
        return row.runs().stream()
                .map(run -> new EventView.RunView(
                        run.runId(),
                        EventStatus.valueOf(run.status()),
                        Standings.reason(run.reasonCode(), run.reasonMessage()),
                        run.startedAt(),
                        run.endedAt()))
                .toList();
    }

    private static EventReport report(String json) {
        return EventJson.MAPPER.readValue(json, EventReport.class);
    }
}
