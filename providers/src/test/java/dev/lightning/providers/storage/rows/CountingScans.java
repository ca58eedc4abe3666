package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.util.List;
import java.util.Optional;

/** A store that counts the rows its scans give. */
final class CountingScans implements EntityStore {
    int read;

    private final EntityStore store;

    CountingScans(EntityStore store) {
        this.store = store;
    }

    @Override
    public Optional<Entity> get(Table table, String partition, String row) {
        return store.get(table, partition, row);
    }

    @Override
    public Page scan(Table table, String partition, RowRange range, int limit) {
        Page page = store.scan(table, partition, range, limit);
        read += page.entities().size();
        return page;
    }

    @Override
    public Written write(Table table, String partition, List<Write> changes) {
        return store.write(table, partition, changes);
    }

    @Override
    public List<String> partitions(Table table, String from, int limit) {
        return store.partitions(table, from, limit);
    }

    @Override
    public void close() {}
}
