package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind whose time is over, removed a page at a time with all that hangs on them.
 *
 * <p>A row that changes while it is looked at stays. Its blobs go first, so that a crash in between leaves a row that
 * leads to them and never a blob that nothing leads to.
 */
public interface ExpiredRows {
    /** The table whose partitions are the owners. */
    Table table();

    /**
     * Looks at one page of the owner's rows and removes the expired ones.
     *
     * @param before rows that were over before then are expired
     * @param fromRow where the page starts, null for the first
     */
    Removal remove(String ownerKey, Instant before, @Nullable String fromRow);

    /**
     * What was done with a page.
     *
     * @param removed how many rows are gone
     * @param nextRow where the next page starts, null when there is none
     */
    record Removal(int removed, @Nullable String nextRow) {}
}
