package dev.lightning.workflows.tools;

/** What somebody can say to a run that waits for approval. */
public enum ApprovalDecision {
    APPROVED,
    REJECTED
}
