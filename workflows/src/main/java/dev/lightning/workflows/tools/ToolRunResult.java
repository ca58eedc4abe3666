package dev.lightning.workflows.tools;

import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param state a final state; a program that ends with another code than 0 is COMPLETED, because that is a result
 * @param reason why it did not complete, null when it did
 * @param metadata what the result event says; empty when nothing ran
 * @param blobRef set when {@code metadata} is only a cut and the blob store keeps the whole
 */
public record ToolRunResult(
        ToolRunState state,
        @Nullable Reason reason,
        Metadata metadata,
        @Nullable BlobRef blobRef) {
    static ToolRunResult without(ToolRunState state, Reason reason) {
        return new ToolRunResult(state, reason, Metadata.empty(), null);
    }

    static ToolRunResult with(ToolRunState state, @Nullable Reason reason, ToolOutput output) {
        return new ToolRunResult(state, reason, output.metadata(), output.blobRef());
    }
}
