package dev.lightning.providers.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Chat Completions wire format, field by field as the real service writes it. */
final class StandInWire {
    static final JsonMapper JSON = JsonMapper.shared();

    private StandInWire() {}

    static byte[] completion(JsonNode request, String text) {
        ObjectNode answer = envelope(request, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal")
                .putArray("annotations");
        choice.putNull("logprobs").put("finish_reason", "stop");
        answer.set("usage", usage(request, text));
        answer.put("service_tier", "default").putNull("system_fingerprint");
        return bytes(answer);
    }

    /** An answer that is nothing but calls of functions, names and arguments in turn. */
    static byte[] calls(JsonNode request, String... namesAndArguments) {
        ObjectNode answer = envelope(request, "chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").putNull("content");
        message.putNull("refusal").putArray("annotations");
        ArrayNode calls = message.putArray("tool_calls");
        for (int at = 0; at + 1 < namesAndArguments.length; at += 2) {
            calls.addObject()
                    .put("id", "call_" + (at / 2 + 1))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", namesAndArguments[at])
                    .put("arguments", namesAndArguments[at + 1]);
        }
        choice.putNull("logprobs").put("finish_reason", "tool_calls");
        answer.set("usage", usage(request, String.join(" ", namesAndArguments)));
        answer.put("service_tier", "default").putNull("system_fingerprint");
        return bytes(answer);
    }

    /** What the tool messages at the end of the conversation say, in one line. */
    static String lastOfTools(JsonNode request) {
        return request.path("messages")
                .valueStream()
                .filter(message -> message.path("role").asString("").equals("tool"))
                .map(message -> message.path("content").asString(""))
                .collect(Collectors.joining(" "));
    }

    /** Whether every call that the conversation remembers is answered after it, which the real service insists on. */
    static boolean answersEveryCall(JsonNode request) {
        List<String> open = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asString("").equals("tool")) {
                if (!open.remove(message.path("tool_call_id").asString(""))) {
                    return false;
                }
            } else if (!open.isEmpty()) {
                return false;
            }
            message.path("tool_calls").forEach(call -> open.add(call.path("id").asString("")));
        }
        return open.isEmpty();
    }

    /** The {@code data:} lines of a streamed answer, {@code [DONE]} included. */
    static List<byte[]> chunks(JsonNode request, String text) {
        List<byte[]> chunks = new ArrayList<>();
        ObjectNode opening = JsonNodeFactory.instance.objectNode();
        chunks.add(chunk(request, opening.put("role", "assistant").put("content", ""), null));
        for (String word : text.split("(?<=\\s)")) {
            chunks.add(chunk(request, JsonNodeFactory.instance.objectNode().put("content", word), null));
        }
        chunks.add(chunk(request, JsonNodeFactory.instance.objectNode(), "stop"));
        if (request.at("/stream_options/include_usage").asBoolean(false)) {
            ObjectNode last = envelope(request, "chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(request, text));
            chunks.add(event(JSON.writeValueAsString(last)));
        }
        chunks.add(event("[DONE]"));
        return chunks;
    }

    static byte[] error(String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return bytes(answer);
    }

    static String lastUserMessage(JsonNode request) {
        List<String> said = userMessages(request);
        return said.isEmpty() ? "" : said.getLast();
    }

    static String firstUserMessage(JsonNode request) {
        List<String> said = userMessages(request);
        return said.isEmpty() ? "" : said.getFirst();
    }

    private static List<String> userMessages(JsonNode request) {
        return request.path("messages")
                .valueStream()
                .filter(message -> message.path("role").asString("").equals("user"))
                .map(message -> message.path("content").asString(""))
                .toList();
    }

    private static byte[] chunk(JsonNode request, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = envelope(request, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return event(JSON.writeValueAsString(chunk));
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode envelope(JsonNode request, String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + UUID.randomUUID())
                .put("object", object)
                .put("created", Instant.now().getEpochSecond())
                .put("model", request.path("model").asString(""));
    }

    private static ObjectNode usage(JsonNode request, String text) {
        int asked = request.path("messages")
                .valueStream()
                .mapToInt(message -> words(message.path("content").asString("")))
                .sum();
        int answered = words(text);
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", asked)
                .put("completion_tokens", answered)
                .put("total_tokens", asked + answered);
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static byte[] bytes(JsonNode node) {
        return JSON.writeValueAsBytes(node);
    }
}
