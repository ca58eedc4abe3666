package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.util.List;

/** Removes rows in one write where nobody has changed any of them, and one after the other where somebody has. */
final class Removing {
    /** How many rows a page may have when each takes two changes: a write has at most 100. */
    static final int PAGE = 50;

    private Removing() {}

    /** Takes the changes that remove each row, and says how many rows are gone. */
    static int from(EntityStore store, Table table, String ownerKey, List<List<Write>> rows) {
        List<Write> together = rows.stream().flatMap(List::stream).toList();
        if (together.isEmpty() || store.write(table, ownerKey, together).isDone()) {
            return rows.size();
        }
        return (int) rows.stream()
                .filter(row -> store.write(table, ownerKey, row).isDone())
                .count();
    }
}
