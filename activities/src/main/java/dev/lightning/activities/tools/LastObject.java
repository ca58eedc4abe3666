package dev.lightning.activities.tools;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Finds the last line of a text that is a JSON object, without holding the text. */
final class LastObject {
    /** Lines longer than this are not looked at. */
    static final int LONGEST_LINE = 256 << 10;

    /** How many lines that look like an object are remembered, should the last of them not be one. */
    private static final int CANDIDATES = 4;

    /** What an event's metadata can hold below its own level. */
    private static final int DEEPEST = 30;

    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Deque<byte[]> candidates = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    void take(byte[] piece) {
        int from = 0;
        for (int at = 0; at < piece.length; at++) {
            if (piece[at] == '\n') {
                add(piece, from, at - from);
                endLine();
                from = at + 1;
            }
        }
        add(piece, from, piece.length - from);
    }

    /** Asked at the end; a last line without its line break counts. */
    Optional<Map<String, @Nullable Object>> found() {
        endLine();
        while (!candidates.isEmpty()) {
            Optional<Map<String, @Nullable Object>> object = parse(candidates.removeLast());
            if (object.isPresent()) {
                return object;
            }
        }
        return Optional.empty();
    }

    /** Half a surrogate pair, which JSON can carry and UTF-8 cannot, becomes a question mark on the way. */
    private static Optional<Map<String, @Nullable Object>> parse(byte[] text) {
        try {
            String parsed = JSON.writeValueAsString(JSON.readValue(text, OBJECT));
            return Optional.of(JSON.readValue(parsed.getBytes(StandardCharsets.UTF_8), OBJECT));
        } catch (JacksonException onlyLooksLikeOne) {
            return Optional.empty();
        }
    }

    private void add(byte[] piece, int from, int length) {
        if (line.size() + length > LONGEST_LINE) {
            tooLong = true;
        } else if (!tooLong) {
            line.write(piece, from, length);
        }
    }

    private void endLine() {
        byte[] text = line.toByteArray();
        if (!tooLong && looksLikeAnObject(text)) {
            candidates.addLast(text);
            if (candidates.size() > CANDIDATES) {
                candidates.removeFirst();
            }
        }
        line.reset();
        tooLong = false;
    }

    private static boolean looksLikeAnObject(byte[] text) {
        int first = 0;
        int last = text.length - 1;
        while (first <= last && text[first] <= ' ') {
            first++;
        }
        while (last > first && text[last] <= ' ') {
            last--;
        }
        return last > first && text[first] == '{' && text[last] == '}';
    }
}
