package dev.lightning.workflows.tools;

/** Where a tool run is. Histories and rows have the names; new ones come at the end. */
public enum ToolRunState {
    REQUESTED,
    QUEUED,
    PROVISIONING,
    RUNNING,
    COLLECTING,
    DEPROVISIONING,
    COMPLETED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    /** Before the queue: somebody has to approve of the run. */
    AWAITING_APPROVAL,
    /** Nobody approved of the run, so nothing of it ran. */
    REJECTED;

    public boolean isFinal() {
        return switch (this) {
            case REQUESTED, AWAITING_APPROVAL, QUEUED, PROVISIONING, RUNNING, COLLECTING, DEPROVISIONING -> false;
            case COMPLETED, FAILED, CANCELLED, TIMED_OUT, REJECTED -> true;
        };
    }
}
