package dev.lightning.workflows.housekeeping;

import java.time.Instant;

/** One kind and the time before which it must have ended to be removed; the same for every attempt. */
public record Expiry(KeptKind kind, Instant before) {}
