package dev.lightning.bench.bare;

/** What goes out. */
public record BareMessage(String correlationId, String text) {}
