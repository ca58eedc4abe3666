package dev.lightning.providers.runtime;

import java.time.Duration;

/**
 * What a run has cost, in the terms in which it is billed.
 *
 * @param size what it ran on, as the provider calls it
 * @param location where that was
 * @param time how long it was held, from the order that the provider took, not from the first that it refused, to the end of the run
 */
public record RunUsage(String size, String location, Duration time, boolean spot) {}
