package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What a run left: exit code, times, result data and output as the result event says them.
 *
 * @param blobRef set when {@code metadata} is only a cut and the blob store keeps the whole
 */
public record ToolOutput(Metadata metadata, @Nullable BlobRef blobRef) {}
