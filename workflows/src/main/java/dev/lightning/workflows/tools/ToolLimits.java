package dev.lightning.workflows.tools;

import java.time.Duration;

/**
 * What one run may use.
 *
 * @param timeout how long it may run; the deadline can be extended while it does
 * @param memoryBytes memory including swap
 * @param cpus processors, a fraction allowed
 * @param pids processes and threads
 * @param outputBytes how much of its output is kept, and how much it may leave as files
 */
public record ToolLimits(Duration timeout, long memoryBytes, double cpus, int pids, long outputBytes) {}
