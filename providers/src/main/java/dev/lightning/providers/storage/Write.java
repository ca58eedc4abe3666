package dev.lightning.providers.storage;

/** One change to one row. */
public sealed interface Write {
    String row();

    /** Refused when the row exists. */
    record Insert(String row, Properties properties) implements Write {}

    /** Refused when the row is missing or no longer has this etag. */
    record Update(String row, Properties properties, String etag) implements Write {}

    /** Inserts or replaces, whatever is there. */
    record Put(String row, Properties properties) implements Write {}

    /** Removes the row if it is there. */
    record Delete(String row) implements Write {}

    /** Removes the row; refused when it is missing or no longer has this etag. */
    record DeleteSeen(String row, String etag) implements Write {}
}
