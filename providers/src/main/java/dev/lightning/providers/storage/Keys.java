package dev.lightning.providers.storage;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a key may be and how keys compare, said once so that every adapter refuses and sorts the same. */
public final class Keys {
    /** The order of the UTF-8 bytes, which is the order of the code points and not that of {@link String}. */
    public static final Comparator<String> BY_UTF8_BYTES = Keys::compare;

    private static final int MAX_LENGTH = 255;
    private static final int MAX_CHANGES = 100;

    private Keys() {}

    /** Whether a row or partition can have this name: a read of any other finds nothing. */
    public static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= MAX_LENGTH && isReadable(key);
    }

    /** Refuses a batch that no store may take, with {@link IllegalArgumentException}: it is a mistake of the caller. */
    public static void check(String partition, List<Write> changes) {
        require(isKey(partition), "A partition key has 1 to 255 characters and no control characters");
        require(changes.size() <= MAX_CHANGES, "A batch has at most 100 changes");
        Set<String> rows = new HashSet<>();
        for (Write change : changes) {
            require(isKey(change.row()), "A row key has 1 to 255 characters and no control characters");
            require(rows.add(change.row()), "The changes of a batch are to different rows");
        }
    }

    /** Refuses bounds that no store can compare; they may be empty or longer than a key. */
    public static void check(RowRange range) {
        require(isReadable(range.from()) && isReadable(range.to()), "A range has no control characters");
    }

    private static boolean isReadable(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point)
                        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    private static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int index = 0; index < shared; index++) {
            if (left.charAt(index) != right.charAt(index)) {
                return Integer.compare(weight(left.charAt(index)), weight(right.charAt(index)));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Lifts the halves of a pair above all other characters: they stand for the code points above U+FFFF. */
    private static int weight(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
