package dev.lightning.activities.chat;

import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Usage;
import dev.lightning.providers.storage.rows.EffectLedger.Result;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The metadata of {@code llm.chat.response}: whole in the ledger, at most {@value #LARGEST_INLINE} bytes in a history. */
final class ReplyMetadata {
    static final int LARGEST_INLINE = 128 << 10;
    static final int CUT_REPLY = 8 << 10;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ReplyMetadata() {}

    /** Any event's metadata as the blob store keeps it. */
    static Metadata read(byte[] json) {
        return JSON.readValue(json, Metadata.class);
    }

    static String json(Event chat, @Nullable String threadId, Replied replied) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("reply", wellFormed(replied.text()));
        values.put("model", replied.model());
        values.put("finishReason", replied.finishReason());
        values.put("usage", usage(replied.usage()));
        values.put("inReplyTo", chat.id().value());
        if (threadId != null) {
            values.put("threadId", threadId);
        }
        if (replied.demo()) {
            values.put("demo", true);
        }
        return JSON.writeValueAsString(values);
    }

    static ChatReply reply(Result result, Attempts attempts) {
        byte[] json = result.json().getBytes(StandardCharsets.UTF_8);
        Metadata whole = read(json);
        if (json.length <= LARGEST_INLINE) {
            return new ChatReply(whole, null, attempts);
        }
        String blobKey = Objects.requireNonNull(result.blobKey(), "the ledger keeps what is this large in a blob");
        String reply = Objects.requireNonNull(whole.text("reply"), "every recorded answer has a reply");
        Metadata cut = whole.with("reply", cut(reply)).with("replyTruncated", true);
        return new ChatReply(cut, new BlobRef(blobKey), attempts);
    }

    private static Map<String, Object> usage(Usage usage) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("promptTokens", usage.promptTokens());
        values.put("completionTokens", usage.completionTokens());
        values.put("totalTokens", usage.totalTokens());
        return values;
    }

    /** The start of a text in at most {@value #CUT_REPLY} bytes; the encoder stops before a character that does not fit. */
    private static String cut(String text) {
        CharBuffer characters = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(characters, ByteBuffer.allocate(CUT_REPLY), true);
        return text.substring(0, characters.position());
    }

    /** Half a surrogate pair, which JSON can carry and UTF-8 cannot, would make the answer impossible to return. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
