package dev.lightning.workflows.tools;

/** Where a run stands, for its row. */
public record ToolRunRecord(ToolRunOrder order, String runId, ToolRunProgress progress) {
    /** The same run at the end that an earlier one came to. */
    public ToolRunRecord ended(ToolRunResult earlier) {
        return new ToolRunRecord(
                order, runId, new ToolRunProgress(earlier.state(), progress.since(), null, null, earlier));
    }
}
