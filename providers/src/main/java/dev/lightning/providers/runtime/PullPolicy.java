package dev.lightning.providers.runtime;

/** When an image is fetched from its registry. */
public enum PullPolicy {
    ALWAYS,
    MISSING,
    NEVER
}
