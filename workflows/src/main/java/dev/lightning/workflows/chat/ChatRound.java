package dev.lightning.workflows.chat;

import dev.lightning.workflows.events.Metadata;
import java.util.List;

/**
 * One answer of the model that asked for tools, and what they said.
 *
 * @param said the answer's metadata
 * @param calls what it asked for, in its order
 * @param answers one for each call, in the same order
 */
public record ChatRound(Metadata said, List<ToolCall> calls, List<ToolAnswer> answers) {
    public ChatRound {
        calls = List.copyOf(calls);
        answers = List.copyOf(answers);
    }
}
