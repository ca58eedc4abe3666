package dev.lightning.providers.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What a run is given to run on, where the runtime buys it.
 *
 * @param size as the provider calls it, for example {@code Standard_B2s}; null for what the settings say
 * @param spot whether it may be cheaper and be taken away at any moment, after which the run starts again
 * @param reuse whether it may have served the same owner before, and may serve them again
 */
public record RunMachine(@Nullable String size, boolean spot, boolean reuse) {
    /** What the settings say, for this run alone. */
    public static final RunMachine USUAL = new RunMachine(null, false, false);
}
