package dev.lightning.workflows.tools;

import org.jspecify.annotations.Nullable;

/**
 * What a tool wants to run on, where that is bought.
 *
 * @param size as the provider calls it, null for what the settings say
 * @param spot whether it may be taken away at any moment, after which the run starts again
 * @param reuse whether it may have served the same user before, and may serve them again
 */
public record Machine(@Nullable String size, boolean spot, boolean reuse) {}
