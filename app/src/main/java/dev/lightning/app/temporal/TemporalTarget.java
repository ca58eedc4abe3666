package dev.lightning.app.temporal;

import org.jspecify.annotations.Nullable;

/**
 * The one Temporal of this process, whoever runs it.
 *
 * @param address host and port of its gRPC endpoint
 * @param uiAddress the Web UI's, null when unknown
 * @param owned whether this process owns it
 */
public record TemporalTarget(
        String address, String namespace, @Nullable String uiAddress, boolean owned) {}
