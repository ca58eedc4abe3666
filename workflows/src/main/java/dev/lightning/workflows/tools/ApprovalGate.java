package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.Reason;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a run waits until somebody has approved of it; who needs no approval finds it open. */
final class ApprovalGate {
    static final String REJECTED = "tool.approval_rejected";

    private static final Reason EXPIRED = new Reason(
            "tool.approval_expired", "Nobody approved the run within " + ToolRunPolicy.APPROVAL.toDays() + " days");

    /** Runs whose history is without it did not say in their search attribute that they waited. */
    private static final String SAYS_STATUS = "a-run-says-that-it-awaits-approval";

    private @Nullable Approval approval;
    private boolean waiting;

    /** False only for a decision that comes with the very first task, and so before the run itself. */
    private boolean known;

    /** What the run's progress says of it, null for a run that needs no approval. */
    @Nullable
    Approval approval() {
        return approval;
    }

    /** Makes the run wait at {@link #await} if its tool says so. */
    void closeFor(ToolSpec tool) {
        known = true;
        if (tool.needsApproval()) {
            approval = Approval.wanted(tool, now().plus(ToolRunPolicy.APPROVAL));
            waiting = true;
        }
    }

    /** Takes over what was decided in an earlier execution of a long run. */
    void restore(@Nullable Approval decided) {
        known = true;
        approval = decided;
    }

    boolean isClosed() {
        return approval != null && approval.decision() != ApprovalDecision.APPROVED;
    }

    /** Whether the run's search attribute says that it waits here. */
    boolean saysStatus() {
        return Workflow.getVersion(SAYS_STATUS, Workflow.DEFAULT_VERSION, 1) == 1;
    }

    /** Returns once somebody has decided or the time is over: why the run may not begin, null when it may. */
    @Nullable
    Reason await() {
        try {
            Patience.await(ToolRunPolicy.APPROVAL, this::isDecided);
        } finally {
            waiting = false;
        }
        Approval now = approval;
        if (now == null || now.decision() == null) {
            return EXPIRED;
        }
        return switch (now.decision()) {
            case APPROVED -> null;
            case REJECTED ->
                new Reason(
                        REJECTED,
                        now.reason() == null ? "The run was rejected" : "The run was rejected: " + now.reason());
        };
    }

    /** Refuses whoever comes too late or contradicts, or where nothing is to be decided; to repeat a decision is harmless. */
    void mayDecide(ApprovalDecision decision) {
        if (!known) {
            return;
        }
        ApprovalDecision made = approval == null ? null : approval.decision();
        if (made == null && !waiting) {
            throw refusal("The task does not wait for approval", "tool.not_waiting");
        }
        if (made != null && made != decision) {
            throw refusal("The task has been " + inWords(made) + " already", "tool.decided");
        }
    }

    Approval decide(ApprovalDecision decision, Verdict verdict) {
        Workflow.await(() -> known);
        mayDecide(decision);
        Approval wanted = Objects.requireNonNull(approval);
        Approval decided = wanted.decision() == null ? wanted.decided(decision, verdict, now()) : wanted;
        approval = decided;
        return decided;
    }

    private boolean isDecided() {
        return approval != null && approval.decision() != null;
    }

    private static String inWords(ApprovalDecision decision) {
        return switch (decision) {
            case APPROVED -> "approved";
            case REJECTED -> "rejected";
        };
    }

    private static ApplicationFailure refusal(String message, String type) {
        return ApplicationFailure.newNonRetryableFailure(message, type);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
