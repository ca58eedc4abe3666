package dev.lightning.api.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.bodies.Durations;
import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.TaskId;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/** Tells how an owner's tasks stand, mostly from their rows, and passes wishes on to their workflows. */
final class Tasks {
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);
    private static final String TASK = "task";
    private static final String BY = "by";

    private final TaskRows rows;
    private final EventRows events;
    private final TaskRuns runs;
    private final PageTokens tokens;
    private final Duration maxExtension;

    /** Takes the longest time that a run can be given in one go. */
    Tasks(TaskRows rows, EventRows events, TaskRuns runs, PageTokens tokens, Duration maxExtension) {
        this.rows = rows;
        this.events = events;
        this.runs = runs;
        this.tokens = tokens;
        this.maxExtension = maxExtension;
    }

    /** Which tasks to list; null shows all. */
    record Filter(@Nullable String state, @Nullable String tool) {
        static final Set<String> NAMES = Set.of("state", "tool");

        String scope(Owner owner) {
            return "tasks\n" + owner.key() + "\n" + state + "\n" + tool;
        }

        boolean fits(TaskRow row) {
            return (state == null || state.equals(row.state())) && (tool == null || tool.equals(row.tool()));
        }
    }

    /** A page of tasks; {@code nextPageToken} is absent on the last one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TaskList(List<TaskView> tasks, @Nullable String nextPageToken) {}

    TaskList list(Owner owner, Filter filter, PageRequest asked, Findings findings) {
        findings.require(
                filter.state() == null || isState(filter.state()),
                "state",
                "must be one of " + Arrays.toString(ToolRunState.values()));
        findings.throwIfAny();
        String scope = filter.scope(owner);
        TaskRows.Listed page = rows.list(owner.key(), filter::fits, asked.firstRow(tokens, scope), asked.size());
        return new TaskList(page.rows().stream().map(TaskView::of).toList(), tokens.issue(scope, page.nextRow()));
    }

    /** The task as its workflow says, or as its row does where the workflow does not answer. */
    TaskView show(Owner owner, String id) {
        TaskRow row = find(owner, id);
        if (row.standing().ended()) {
            return TaskView.of(row);
        }
        ToolRunProgress now = runs.progress(row.workflowId()).orElse(null);
        if (now == null) {
            return TaskView.of(row);
        }
        return now.state().isFinal() ? ended(latest(row).orElse(row), now) : at(owner, row, now);
    }

    /** Only the row has all of a result, and it is written last: until then the run is about to end. */
    private static TaskView ended(TaskRow row, ToolRunProgress now) {
        TaskView stored = TaskView.of(row);
        return row.standing().ended() ? stored : stored.at(aboutToEnd(now), null, null);
    }

    private static ToolRunProgress aboutToEnd(ToolRunProgress now) {
        return new ToolRunProgress(
                ToolRunState.DEPROVISIONING,
                now.since(),
                now.startedAt(),
                now.deadline(),
                now.result(),
                now.approval(),
                now.interruptions());
    }

    /** What a wait is for costs one question more, so it is asked only where there is one. */
    private TaskView at(Owner owner, TaskRow row, ToolRunProgress now) {
        TaskView stored = TaskView.of(row);
        TaskView told = switch (now.state()) {
            case QUEUED -> stored.at(now, runs.place(owner, row.workflowId()).orElse(null), null);
            case PROVISIONING, RUNNING, COLLECTING, DEPROVISIONING ->
                stored.at(now, null, runs.trouble(row.workflowId()).orElse(null));
            case REQUESTED, AWAITING_APPROVAL, COMPLETED, FAILED, CANCELLED, TIMED_OUT, REJECTED ->
                stored.at(now, null, null);
        };
        return now.approval() == null
                ? told
                : told.proposing(runs.event(row.workflowId()).orElse(null));
    }

    TaskRow find(Owner owner, String id) {
        if (!TaskId.isPossible(id)) {
            throw Problem.noSuch(TASK, id);
        }
        return rows.find(owner.key(), id).orElseThrow(() -> missing(owner, id));
    }

    /** How a task is that was found before; empty when it is no longer kept. */
    Optional<TaskRow> latest(TaskRow found) {
        return rows.find(found.ownerKey(), found.id());
    }

    /** Asks the task to end as CANCELLED, harmless for one that has, and says how it is then. */
    TaskView cancel(Owner owner, String id) {
        TaskRow row = find(owner, id);
        if (row.standing().ended()) {
            if (!row.state().equals(ToolRunState.CANCELLED.name())) {
                throw Problem.CONFLICT.with("The task has ended already: " + row.state());
            }
        } else if (runs.cancel(row.workflowId())) {
            log.info("event=task.cancel.requested workflow={}", row.workflowId());
        } else {
            throw Problem.CONFLICT.with("The task has no run that goes on");
        }
        return show(owner, id);
    }

    /** Gives a running program more time, and says its new deadline. */
    Instant extend(Owner owner, String id, JsonNode body) {
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(List.of(BY), "an extension");
        String text = fields.requiredText(BY);
        Duration by = text == null ? null : Durations.read(text);
        findings.require(
                text == null || (by != null && by.isPositive() && by.compareTo(maxExtension) <= 0),
                BY,
                "must be a duration of at most " + maxExtension + ", like PT10M or 90s");
        findings.throwIfAny();
        TaskRow row = find(owner, id);
        if (row.standing().ended()) {
            throw Problem.CONFLICT.with("The task has ended already: " + row.state());
        }
        return switch (runs.extend(row.workflowId(), Objects.requireNonNull(by))) {
            case TaskRuns.Extension.Granted(Instant deadline) -> {
                log.info("event=task.extended workflow={} deadline={}", row.workflowId(), deadline);
                note(row, deadline);
                yield deadline;
            }
            case TaskRuns.Extension.Refused(String why) -> throw Problem.CONFLICT.with(why);
            case TaskRuns.Extension.Ended _ -> throw Problem.CONFLICT.with("The task has no run that goes on");
        };
    }

    /** The time is granted whether or not lists can say so. */
    private void note(TaskRow row, Instant deadline) {
        try {
            boolean _ = rows.extend(row, deadline);
        } catch (StorageUnavailableException away) {
            log.warn("event=task.extension.unlisted workflow={}", row.workflowId());
        }
    }

    private static boolean isState(String text) {
        return Arrays.stream(ToolRunState.values())
                .anyMatch(state -> state.name().equals(text));
    }

    /** Between the acceptance of an event and the first record of a run there is a moment in which nothing is wrong. */
    private ErrorResponseException missing(Owner owner, String id) {
        EventId event = new EventId(id.substring(0, id.lastIndexOf('.')));
        String root = event.root().value();
        boolean goesOn =
                events.find(owner.key(), root).filter(row -> !row.hasEnded()).isPresent();
        return goesOn
                ? Problem.NOT_FOUND.with("task " + id + " yet: its event goes on, so the run may not have begun; "
                        + "/api/events/" + root + " says how far it is, /api/events/" + root + ":cancel ends it")
                : Problem.noSuch(TASK, id);
    }
}
