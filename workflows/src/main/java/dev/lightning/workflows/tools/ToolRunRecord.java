package dev.lightning.workflows.tools;

/** Where a run stands, for its row. */
public record ToolRunRecord(ToolRunOrder order, String runId, ToolRunProgress progress) {}
