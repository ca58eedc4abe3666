package dev.lightning.workflows.housekeeping;

/** How many of a kind were removed. */
public record Removed(KeptKind kind, long count) {}
