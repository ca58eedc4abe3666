package dev.lightning.providers.storage;

/**
 * Rows from {@code from} (included) to {@code to} (excluded), compared by their UTF-8 bytes.
 */
public record RowRange(String from, String to) {
    /** Above whatever can follow a prefix: the last code point there is, which is not a character. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    /** All rows that start with this prefix. */
    public static RowRange prefix(String prefix) {
        return new RowRange(prefix, prefix + LAST);
    }

    /** The rest of this range from a row on, for the next page. */
    public RowRange startingAt(String row) {
        return new RowRange(row, to);
    }
}
