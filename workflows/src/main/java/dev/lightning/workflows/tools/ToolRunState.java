package dev.lightning.workflows.tools;

/** Where a tool run is; the last four are final. */
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
    TIMED_OUT;

    public boolean isFinal() {
        return compareTo(COMPLETED) >= 0;
    }
}
