package dev.lightning.activities.chat;

import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Usage;
import dev.lightning.providers.model.ModelToolCall;
import dev.lightning.providers.storage.rows.EffectLedger.Result;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatLimits;
import dev.lightning.workflows.chat.ChatPrompt;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of {@code llm.chat.response}: whole in the ledger, at most {@value #LARGEST_INLINE} bytes in a history.
 * An answer that asks for tools is recorded with what it asks for, undecided.
 */
final class ReplyMetadata {
    static final int LARGEST_INLINE = 128 << 10;
    static final int CUT_REPLY = 8 << 10;

    private static final String REPLY = "reply";
    private static final String USAGE = "usage";
    private static final String SAID = "said";
    private static final String CALLS = "calls";
    private static final String TOOLS_GONE =
            "This chat cannot go on: the tools that it began with are no longer offered.";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ReplyMetadata() {}

    /** Any event's metadata as the blob store keeps it. */
    static Metadata read(byte[] json) {
        return JSON.readValue(json, Metadata.class);
    }

    static String json(Event chat, ChatPrompt prompt, @Nullable ChatExchange soFar, Replied replied) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(REPLY, wellFormed(replied.text()));
        values.put("model", replied.model());
        values.put("finishReason", replied.finishReason());
        values.put(USAGE, usage(replied.usage(), soFar));
        values.put("inReplyTo", chat.id().value());
        if (prompt.threadId() != null) {
            values.put("threadId", prompt.threadId());
        }
        if (replied.demo()) {
            values.put("demo", true);
        }
        List<Map<String, Object>> made = CallsSaid.of(soFar);
        if (!made.isEmpty()) {
            values.put("toolCalls", made);
        }
        List<String> missing = missing(prompt, soFar);
        if (!missing.isEmpty()) {
            values.put("missingTools", missing);
        }
        return JSON.writeValueAsString(
                replied.calls().isEmpty() ? values : Map.of(SAID, values, CALLS, wellFormed(replied.calls())));
    }

    static ChatReply reply(Result result, Attempts attempts, @Nullable ChatExchange soFar) {
        JsonNode tree = JSON.readTree(result.json());
        JsonNode calls = tree.get(CALLS);
        if (calls != null && !tree.has(REPLY)) {
            return asking(JSON.treeToValue(tree.path(SAID), Metadata.class), calls, attempts, soFar);
        }
        return answer(result, JSON.treeToValue(tree, Metadata.class), attempts);
    }

    private static ChatReply asking(Metadata said, JsonNode calls, Attempts attempts, @Nullable ChatExchange soFar) {
        String remark = cut(Objects.requireNonNullElse(said.text(REPLY), ""), ChatLimits.REMARK_BYTES);
        if (soFar == null) {
            Metadata end = said.with(REPLY, remark.isBlank() ? TOOLS_GONE : remark + "\n\n" + TOOLS_GONE);
            return new ChatReply(end.with("finishReason", "tools_gone"), null, attempts, null);
        }
        List<ModelToolCall> proposed = calls.valueStream()
                .map(call -> JSON.treeToValue(call, ModelToolCall.class))
                .toList();
        return new ChatReply(said.with(REPLY, remark), null, attempts, CallPolicy.decide(proposed, soFar));
    }

    private static ChatReply answer(Result result, Metadata whole, Attempts attempts) {
        if (result.json().getBytes(StandardCharsets.UTF_8).length <= LARGEST_INLINE) {
            return new ChatReply(whole, null, attempts, null);
        }
        String blobKey = Objects.requireNonNull(result.blobKey(), "the ledger keeps what is this large in a blob");
        String reply = Objects.requireNonNull(whole.text(REPLY), "every recorded answer has a reply");
        Metadata cut = whole.with(REPLY, cut(reply, CUT_REPLY)).with("replyTruncated", true);
        return new ChatReply(cut, new BlobRef(blobKey), attempts, null);
    }

    /** Of all questions of the chat together. */
    private static Map<String, Object> usage(Usage usage, @Nullable ChatExchange soFar) {
        Object before = soFar == null || soFar.rounds().isEmpty()
                ? null
                : soFar.rounds().getLast().said().get(USAGE);
        Map<?, ?> counted = before instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("promptTokens", usage.promptTokens() + count(counted.get("promptTokens")));
        values.put("completionTokens", usage.completionTokens() + count(counted.get("completionTokens")));
        values.put("totalTokens", usage.totalTokens() + count(counted.get("totalTokens")));
        return values;
    }

    private static long count(@Nullable Object tokens) {
        return tokens instanceof Number number ? number.longValue() : 0;
    }

    /** The tools that the chat named and that nobody offers. */
    private static List<String> missing(ChatPrompt prompt, @Nullable ChatExchange soFar) {
        List<String> offered = soFar == null
                ? List.of()
                : soFar.tools().stream().map(Offer::name).toList();
        List<String> named = prompt.tools() == null ? List.of() : prompt.tools();
        return named.stream().filter(name -> !offered.contains(name)).toList();
    }

    /** The start of a text in at most so many bytes; the encoder stops before a character that does not fit. */
    private static String cut(String text, int bytes) {
        CharBuffer characters = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(characters, ByteBuffer.allocate(bytes), true);
        return text.substring(0, characters.position());
    }

    private static List<ModelToolCall> wellFormed(List<ModelToolCall> calls) {
        return calls.stream()
                .limit(ChatLimits.MENTIONED_CALLS)
                .map(call ->
                        new ModelToolCall(wellFormed(call.id()), wellFormed(call.name()), wellFormed(call.arguments())))
                .toList();
    }

    /** Half a surrogate pair, which JSON can carry and UTF-8 cannot, would make the answer impossible to return. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
