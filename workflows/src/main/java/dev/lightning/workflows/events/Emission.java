package dev.lightning.workflows.events;

import org.jspecify.annotations.Nullable;

/** What a handler wants emitted; the workflow gives it an id and its place in the chain. */
public record Emission(
        String type, Metadata metadata, @Nullable BlobRef blobRef) {}
