package dev.lightning.providers.model.openai;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall.Function;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tools and their calls as Chat Completions write them. */
final class OpenAiTools {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private OpenAiTools() {}

    static ChatCompletionFunctionTool offered(ModelRequest.Tool tool) {
        FunctionParameters.Builder parameters = FunctionParameters.builder();
        JSON.readValue(tool.parameters(), OBJECT)
                .forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(tool.name())
                        .description(tool.description())
                        .parameters(parameters.build())
                        .build())
                .build();
    }

    /** An earlier answer of the model, the calls in it included. */
    static ChatCompletionAssistantMessageParam remembered(ModelRequest.Message message) {
        ChatCompletionAssistantMessageParam.Builder said = ChatCompletionAssistantMessageParam.builder();
        if (!message.content().isEmpty() || message.calls().isEmpty()) {
            said.content(message.content());
        }
        message.calls()
                .forEach(call -> said.addToolCall(ChatCompletionMessageFunctionToolCall.builder()
                        .id(call.id())
                        .function(Function.builder()
                                .name(call.name())
                                .arguments(call.arguments())
                                .build())
                        .build()));
        return said.build();
    }

    static ChatCompletionToolMessageParam answered(String callId, String content) {
        return ChatCompletionToolMessageParam.builder()
                .toolCallId(callId)
                .content(content)
                .build();
    }

    /** The calls in an answer, read from what was really sent: not everybody who speaks this language speaks it well. */
    static List<ModelToolCall> asked(ChatCompletionMessage message) {
        return message.toolCalls().orElse(List.of()).stream()
                .map(call -> call._json().map(OpenAiTools::call).orElse(new ModelToolCall("", "", "")))
                .toList();
    }

    private static ModelToolCall call(JsonValue sent) {
        Map<?, ?> call = object(sent.convert(Object.class));
        Map<?, ?> function = object(call.get("function"));
        return new ModelToolCall(text(call.get("id")), text(function.get("name")), text(function.get("arguments")));
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Some send arguments as the object itself. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            default -> JSON.writeValueAsString(value);
        };
    }
}
