package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A call that the model proposed, and what was decided about it.
 *
 * @param id the model's own name for the call, unique in its answer
 * @param name the tool that it named, whether there is one or not
 * @param arguments null when the model wrote no JSON object, or one that is too large to be kept
 * @param raw what the model wrote when that was no JSON object, cut
 * @param refusal why the call is not made, null when it is
 */
public record ToolCall(
        String id,
        String name,
        @Nullable Metadata arguments,
        @Nullable String raw,
        @Nullable Refusal refusal) {
    /**
     * Why a call is not made.
     *
     * @param code for programs, for example {@code chat.invalid_arguments}
     * @param message for the model
     */
    public record Refusal(String code, String message) {}
}
