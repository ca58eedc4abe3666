package dev.lightning.providers.storage;

/**
 * Rows from {@code from} (included) to {@code to} (excluded), compared by their UTF-8 bytes.
 */
public record RowRange(String from, String to) {
    /** All rows that start with this prefix, which ends below U+FFFF. */
    public static RowRange prefix(String prefix) {
        return new RowRange(prefix, prefix + "\uFFFF");
    }

    /** The rest of this range from a row on, for the next page. */
    public RowRange startingAt(String row) {
        return new RowRange(row, to);
    }
}
