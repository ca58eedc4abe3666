package dev.lightning.providers.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to continue.
 *
 * @param model the model's name, null for the configured default
 * @param temperature 0 to 2, null for the model's own default
 * @param maxTokens the longest answer in tokens, null for the model's own default
 * @param topP the share of likely words to choose among, 0 to 1, null for the model's own default
 * @param effectKey names this call for ever, sent along so that the other side can drop a repeat
 */
public record ModelRequest(
        @Nullable String model,
        List<Message> messages,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        @Nullable Double topP,
        String effectKey) {
    public ModelRequest {
        messages = List.copyOf(messages);
    }

    /** A conversation with the model's own defaults. */
    public static ModelRequest of(@Nullable String model, List<Message> messages, String effectKey) {
        return new ModelRequest(model, messages, null, null, null, effectKey);
    }

    /** One turn. {@code role} is one of system, user, assistant. */
    public record Message(String role, String content) {}
}
