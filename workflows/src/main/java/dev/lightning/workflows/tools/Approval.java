package dev.lightning.workflows.tools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The approval that a run needs, and what was decided.
 *
 * @param until when a run that nobody has decided about ends
 * @param decision null while, or because, nobody has decided
 * @param by the id of the user who decided
 * @param at when that was
 * @param reason why, in that user's words
 */
public record Approval(
        Proposal proposal,
        Instant until,
        @Nullable ApprovalDecision decision,
        @Nullable String by,
        @Nullable Instant at,
        @Nullable String reason) {
    static Approval wanted(ToolSpec tool, Instant until) {
        return new Approval(Proposal.of(tool), until, null, null, null, null);
    }

    Approval decided(ApprovalDecision made, Verdict verdict, Instant now) {
        return new Approval(proposal, until, made, verdict.by(), now, verdict.reason());
    }
}
