package dev.lightning.api.tasks;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.TaskRow;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Passes on what users decide about tasks that wait for approval; a decision once made is only repeated. */
final class Approvals {
    static final int LONGEST_REASON = 500;

    private static final Logger log = LoggerFactory.getLogger(Approvals.class);
    private static final String REASON = "reason";
    private static final String RUN_ID = "runId";

    private final Tasks tasks;
    private final TaskRuns runs;

    Approvals(Tasks tasks, TaskRuns runs) {
        this.tasks = tasks;
        this.runs = runs;
    }

    /** What the body says; all of it may be missing. */
    private record Wish(@Nullable String reason, @Nullable String runId) {}

    /**
     * The task as it is after the decision.
     *
     * @param by who decides about a task of {@code owner}'s
     */
    TaskView decide(Owner by, Owner owner, String id, ApprovalDecision decision, @Nullable JsonNode body) {
        Wish wish = wish(body);
        TaskRow row = tasks.find(owner, id);
        if (wish.runId() != null && !wish.runId().equals(row.runId())) {
            throw Problem.CONFLICT.with("The task runs anew, as run " + row.runId() + "; look at it before you decide");
        }
        if (isSettled(row, decision)) {
            return tasks.show(owner, id);
        }
        return switch (runs.decide(row.workflowId(), row.runId(), decision, new Verdict(by.userId(), wish.reason()))) {
            case TaskRuns.Ruling.Made _ -> {
                log.info(
                        "event=task.decided workflow={} run={} decision={} by={}",
                        row.workflowId(),
                        row.runId(),
                        decision,
                        by.key());
                yield tasks.show(owner, id);
            }
            case TaskRuns.Ruling.Refused(String why) -> throw Problem.CONFLICT.with(why);
            case TaskRuns.Ruling.Ended _ -> {
                if (!isSettled(tasks.find(owner, id), decision)) {
                    throw Problem.CONFLICT.with("The task has no run that goes on");
                }
                yield tasks.show(owner, id);
            }
        };
    }

    /** Whether the same was decided before; throws when something else was, or when it is too late. */
    private static boolean isSettled(TaskRow row, ApprovalDecision decision) {
        TaskRow.Approval approval = row.standing().approval();
        String made = approval == null ? null : approval.decision();
        if (made != null && !made.equals(decision.name())) {
            throw Problem.CONFLICT.with("Something else was decided about the task already: " + made);
        }
        if (made == null && row.standing().ended()) {
            throw Problem.CONFLICT.with("The task has ended already: " + row.state());
        }
        return made != null;
    }

    private static Wish wish(@Nullable JsonNode body) {
        if (body == null) {
            return new Wish(null, null);
        }
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(List.of(REASON, RUN_ID), "a decision");
        String reason = fields.text(REASON);
        String runId = fields.text(RUN_ID);
        findings.require(
                reason == null || (reason.length() <= LONGEST_REASON && isPrintable(reason)),
                REASON,
                "must have at most " + LONGEST_REASON + " characters and no control characters");
        findings.throwIfAny();
        return new Wish(reason == null || reason.isBlank() ? null : reason.strip(), runId);
    }

    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
