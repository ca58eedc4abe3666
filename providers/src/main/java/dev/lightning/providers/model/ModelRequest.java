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
 * @param tools what the model may ask for instead of answering; empty for nothing
 * @param effectKey names this call for ever, sent along so that the other side can drop a repeat
 */
public record ModelRequest(
        @Nullable String model,
        List<Message> messages,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        @Nullable Double topP,
        List<Tool> tools,
        String effectKey) {
    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A conversation without tools. */
    public ModelRequest(
            @Nullable String model,
            List<Message> messages,
            @Nullable Double temperature,
            @Nullable Integer maxTokens,
            @Nullable Double topP,
            String effectKey) {
        this(model, messages, temperature, maxTokens, topP, List.of(), effectKey);
    }

    /** A conversation with the model's own defaults. */
    public static ModelRequest of(@Nullable String model, List<Message> messages, String effectKey) {
        return new ModelRequest(model, messages, null, null, null, effectKey);
    }

    /**
     * One turn.
     *
     * @param role one of system, user, assistant, tool
     * @param content empty where an assistant only asked for tools
     * @param calls the tools that an assistant asked for; every one of them is answered by a later turn
     * @param callId the call that a tool answers, null for everybody else
     */
    public record Message(
            String role,
            String content,
            List<ModelToolCall> calls,
            @Nullable String callId) {
        public Message {
            calls = List.copyOf(calls);
        }

        public Message(String role, String content) {
            this(role, content, List.of(), null);
        }

        /** What a tool said when it was called. */
        public static Message ofTool(String callId, String content) {
            return new Message("tool", content, List.of(), callId);
        }
    }

    /**
     * Something that the model may ask for.
     *
     * @param parameters a JSON Schema of an object, as text
     */
    public record Tool(String name, String description, String parameters) {}
}
