package dev.lightning.providers.storage;

import java.util.List;

/** What came of writing: everything or nothing. */
public sealed interface Written {
    /** All changes are durable; one etag per change, empty where a row was removed. */
    record Done(List<String> etags) implements Written {
        public Done {
            etags = List.copyOf(etags);
        }
    }

    /** Nothing was written because the change at this index met a row that exists, is missing or has changed. */
    record Refused(int index) implements Written {}

    default boolean isDone() {
        return this instanceof Done;
    }
}
