package dev.lightning.providers.runtime;

import java.time.Duration;

/**
 * What a run may use.
 *
 * @param memoryBytes memory including swap
 * @param cpus processors, a fraction allowed
 * @param pids processes and threads
 * @param outputBytes how much of each channel is kept from the beginning, beside {@link OutputMarks#END} of the end
 * @param lifetime after which the runtime ends it, should nobody else be there to do so
 */
public record RunLimits(long memoryBytes, double cpus, int pids, long outputBytes, Duration lifetime) {}
