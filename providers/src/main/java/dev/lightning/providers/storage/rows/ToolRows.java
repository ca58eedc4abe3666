package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tools and functions of each owner by name; the partition is the owner key. */
public final class ToolRows {
    private static final int STRETCH = 200;
    private static final RowRange ALL = RowRange.prefix("");

    private final EntityStore store;

    public ToolRows(EntityStore store) {
        this.store = store;
    }

    /** A stretch of an owner's definitions in the order of their names; {@code nextRow} is null on the last page. */
    public record Listed(List<ToolRow> rows, @Nullable String nextRow) {
        public Listed {
            rows = List.copyOf(rows);
        }
    }

    public Optional<ToolRow> find(String ownerKey, String name) {
        return store.get(Table.TOOLS, ownerKey, name).map(ToolRowFormat::read);
    }

    /** Writes a new row; empty when the name is taken. */
    public Optional<ToolRow> insert(String ownerKey, ToolRow row) {
        return write(ownerKey, row, new Write.Insert(row.name(), ToolRowFormat.written(row)));
    }

    /** Writes over the row that has this row's etag; empty when it has changed since or is gone. */
    public Optional<ToolRow> update(String ownerKey, ToolRow row) {
        return write(ownerKey, row, new Write.Update(row.name(), ToolRowFormat.written(row), row.etag()));
    }

    /** Removes the row as it was seen; false when it has changed since or is gone. */
    public boolean delete(String ownerKey, ToolRow seen) {
        return store.write(Table.TOOLS, ownerKey, new Write.DeleteSeen(seen.name(), seen.etag()))
                .isDone();
    }

    /** The page that starts at {@code firstRow}, or the first page, of those that pass the filter. */
    public Listed list(String ownerKey, Predicate<ToolRow> filter, @Nullable String firstRow, int size) {
        List<ToolRow> found = new ArrayList<>();
        String next = firstRow == null ? ALL.from() : firstRow;
        while (next != null) {
            Page page = store.scan(Table.TOOLS, ownerKey, ALL.startingAt(next), STRETCH);
            for (Entity entity : page.entities()) {
                ToolRow row = ToolRowFormat.read(entity);
                if (filter.test(row)) {
                    if (found.size() == size) {
                        return new Listed(found, entity.row());
                    }
                    found.add(row);
                }
            }
            next = page.nextRow();
        }
        return new Listed(found, null);
    }

    /** Everything an owner has defined, in the order of the names; the API bounds how much that is. */
    public List<ToolRow> all(String ownerKey) {
        return list(ownerKey, _ -> true, null, Integer.MAX_VALUE).rows();
    }

    public boolean hasAny(String ownerKey) {
        return !store.scan(Table.TOOLS, ownerKey, ALL, 1).entities().isEmpty();
    }

    private Optional<ToolRow> write(String ownerKey, ToolRow row, Write write) {
        return switch (store.write(Table.TOOLS, ownerKey, write)) {
            case Written.Done done -> Optional.of(row.stored(done.etags().getFirst()));
            case Written.Refused _ -> Optional.empty();
        };
    }
}
