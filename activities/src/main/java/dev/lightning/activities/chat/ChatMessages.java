package dev.lightning.activities.chat;

import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelToolCall;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatPrompt;
import dev.lightning.workflows.chat.ChatRound;
import dev.lightning.workflows.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The conversation as the model is told it. What tools said is only ever in messages of tools. */
final class ChatMessages {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ChatMessages() {}

    static ModelRequest request(ChatPrompt prompt, @Nullable ChatExchange soFar, String effectKey) {
        List<Message> messages = new ArrayList<>();
        prompt.turns().forEach(turn -> messages.add(new Message(turn.role(), turn.content())));
        if (soFar != null) {
            soFar.rounds().forEach(round -> add(messages, round));
        }
        return new ModelRequest(
                prompt.model(),
                messages,
                prompt.temperature(),
                prompt.maxTokens(),
                prompt.topP(),
                soFar == null ? List.of() : tools(soFar),
                effectKey);
    }

    private static List<ModelRequest.Tool> tools(ChatExchange soFar) {
        return soFar.tools().stream()
                .map(offer -> new ModelRequest.Tool(offer.name(), offer.description(), offer.parameters()))
                .toList();
    }

    private static void add(List<Message> messages, ChatRound round) {
        String remark = round.said().text("reply");
        List<ModelToolCall> calls = round.calls().stream()
                .map(call -> new ModelToolCall(call.id(), call.name(), arguments(call)))
                .toList();
        messages.add(new Message("assistant", remark == null ? "" : remark, calls, null));
        for (int at = 0; at < calls.size(); at++) {
            messages.add(Message.ofTool(
                    calls.get(at).id(),
                    JSON.writeValueAsString(round.answers().get(at).content())));
        }
    }

    /** Always a JSON object: there are services that cannot be reminded of anything else. */
    private static String arguments(ToolCall call) {
        if (call.arguments() != null) {
            return JSON.writeValueAsString(call.arguments());
        }
        return call.raw() == null ? "{}" : JSON.writeValueAsString(Map.of("malformed", call.raw()));
    }
}
