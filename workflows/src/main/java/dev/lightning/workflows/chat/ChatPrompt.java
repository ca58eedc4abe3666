package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code llm.chat} event asks, read from its metadata the same way at the edge, where a wrong one is refused,
 * and by the activity, which meets events that no edge has seen.
 *
 * @param turns the conversation, the system's words first; incomplete when there are findings
 * @param model null for the configured default
 * @param temperature 0 to 2, null for the model's own default
 * @param maxTokens the longest answer in tokens, null for the model's own default
 * @param topP the share of likely words to choose among, 0 to 1, null for the model's own default
 * @param threadId the conversation's name, given back with the reply
 * @param tools the only tools that the model may call; null for all that are offered to chats
 * @param findings everything that is wrong; never what was written
 */
public record ChatPrompt(
        List<Turn> turns,
        @Nullable String model,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        @Nullable Double topP,
        @Nullable String threadId,
        @Nullable List<String> tools,
        List<Finding> findings) {
    public ChatPrompt {
        turns = List.copyOf(turns);
        tools = tools == null ? null : List.copyOf(tools);
        findings = List.copyOf(findings);
    }

    /** One message; {@code role} is one of system, user, assistant. */
    public record Turn(String role, String content) {}

    /**
     * One thing that is wrong.
     *
     * @param field its path within the metadata, for example {@code messages[0].role}
     */
    public record Finding(String field, String message) {}

    public static ChatPrompt read(Metadata metadata) {
        return new ChatPromptReader(metadata).read();
    }

    public boolean isValid() {
        return findings.isEmpty();
    }
}
