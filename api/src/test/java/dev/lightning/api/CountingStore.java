package dev.lightning.api;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts its reads and can be away. */
public final class CountingStore implements EntityStore {
    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean away;

    public int reads() {
        return reads.get();
    }

    public void goAway() {
        away = true;
    }

    @Override
    public Optional<Entity> get(Table table, String partition, String row) {
        reads.incrementAndGet();
        if (away) {
            throw new StorageUnavailableException("away", new IOException("away"));
        }
        return store.get(table, partition, row);
    }

    @Override
    public Page scan(Table table, String partition, RowRange range, int limit) {
        return store.scan(table, partition, range, limit);
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
