package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered, as the metadata of the {@code llm.chat.response} event.
 *
 * @param blobRef set when the answer is too large for a history and {@code metadata} is only a cut of it
 * @param calls the tools that the model wants to hear first, so that this is no answer yet; null when it is one
 */
public record ChatReply(
        Metadata metadata,
        @Nullable BlobRef blobRef,
        Attempts attempts,
        @Nullable List<ToolCall> calls) {
    public ChatReply {
        calls = calls == null ? null : List.copyOf(calls);
    }
}
