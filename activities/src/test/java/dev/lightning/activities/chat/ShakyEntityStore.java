package dev.lightning.activities.chat;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that cannot be reached for as many reads or writes as a test says. */
final class ShakyEntityStore implements EntityStore {
    private final InMemoryEntityStore store = new InMemoryEntityStore();
    final AtomicInteger failingReads = new AtomicInteger();
    final AtomicInteger failingWrites = new AtomicInteger();

    @Override
    public Optional<Entity> get(Table table, String partition, String row) {
        failIf(failingReads);
        return store.get(table, partition, row);
    }

    @Override
    public Page scan(Table table, String partition, RowRange range, int limit) {
        return store.scan(table, partition, range, limit);
    }

    @Override
    public Written write(Table table, String partition, List<Write> changes) {
        failIf(failingWrites);
        return store.write(table, partition, changes);
    }

    @Override
    public List<String> partitions(Table table, String from, int limit) {
        return store.partitions(table, from, limit);
    }

    @Override
    public void close() {}

    private static void failIf(AtomicInteger failures) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new StorageUnavailableException("away", new IllegalStateException("away"));
        }
    }
}
