package dev.lightning.bench.bare;

/** What comes in. */
public record BareEvent(String id, String prompt) {}
