package dev.lightning.workflows.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates how many bytes plain values have as JSON, never too few, where no JSON can be written. */
final class JsonSize {
    private static final int PUNCTUATION = 4;
    private static final int ESCAPED = 6;

    private JsonSize() {}

    static int of(@Nullable Object value) {
        return (int) Math.min(Integer.MAX_VALUE, size(value));
    }

    /** The end of a text in at most so many bytes, whole signs only. */
    static String end(String text, int most) {
        int from = text.length();
        int size = 0;
        while (from > 0) {
            int sign = text.codePointBefore(from);
            size += size(sign);
            if (size > most) {
                break;
            }
            from -= Character.charCount(sign);
        }
        return text.substring(from);
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case null -> PUNCTUATION;
            case String text -> text.codePoints().mapToLong(JsonSize::size).sum() + PUNCTUATION;
            case Map<?, ?> object ->
                object.entrySet().stream()
                                .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()) + PUNCTUATION)
                                .sum()
                        + PUNCTUATION;
            case List<?> array -> array.stream().mapToLong(JsonSize::size).sum() + array.size() + PUNCTUATION;
            default -> value.toString().length() + PUNCTUATION;
        };
    }

    private static int size(int sign) {
        if (sign < ' ' || sign == '"' || sign == '\\') {
            return ESCAPED;
        }
        return sign < 0x80 ? 1 : sign < 0x800 ? 2 : sign < 0x10000 ? 3 : 4;
    }
}
