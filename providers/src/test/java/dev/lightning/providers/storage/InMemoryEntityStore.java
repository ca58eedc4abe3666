package dev.lightning.providers.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A store for tests that need no durability; the contract test keeps it honest. */
public final class InMemoryEntityStore implements EntityStore {
    private record Key(Table table, String partition) {}

    private final Map<Key, TreeMap<String, Entity>> partitions =
            new TreeMap<>(Comparator.comparing(Key::table).thenComparing(Key::partition, Keys.BY_UTF8_BYTES));
    private final AtomicLong etags = new AtomicLong();

    @Override
    public synchronized Optional<Entity> get(Table table, String partition, String row) {
        return Optional.ofNullable(rows(table, partition).get(row));
    }

    @Override
    public synchronized Page scan(Table table, String partition, RowRange range, int limit) {
        Keys.check(range);
        List<Entity> found = rows(table, partition).values().stream()
                .filter(entity -> Keys.BY_UTF8_BYTES.compare(entity.row(), range.from()) >= 0)
                .filter(entity -> Keys.BY_UTF8_BYTES.compare(entity.row(), range.to()) < 0)
                .limit(limit + 1L)
                .toList();
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), found.get(limit).row());
    }

    @Override
    public synchronized Written write(Table table, String partition, List<Write> changes) {
        Keys.check(partition, changes);
        SortedMap<String, Entity> rows = rows(table, partition);
        for (int index = 0; index < changes.size(); index++) {
            if (!fits(rows, changes.get(index))) {
                return new Written.Refused(index);
            }
        }
        List<String> written = new ArrayList<>();
        changes.forEach(change -> written.add(apply(rows, partition, change)));
        return new Written.Done(written);
    }

    @Override
    public synchronized List<String> partitions(Table table, String from, int limit) {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getKey().table() == table
                        && !entry.getValue().isEmpty()
                        && Keys.BY_UTF8_BYTES.compare(entry.getKey().partition(), from) >= 0)
                .map(entry -> entry.getKey().partition())
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}

    private SortedMap<String, Entity> rows(Table table, String partition) {
        return partitions.computeIfAbsent(new Key(table, partition), _ -> new TreeMap<>(Keys.BY_UTF8_BYTES));
    }

    private static boolean fits(SortedMap<String, Entity> rows, Write change) {
        Entity present = rows.get(change.row());
        return switch (change) {
            case Write.Insert _ -> present == null;
            case Write.Update update -> present != null && present.etag().equals(update.etag());
            case Write.DeleteSeen seen -> present != null && present.etag().equals(seen.etag());
            case Write.Put _, Write.Delete _ -> true;
        };
    }

    private String apply(SortedMap<String, Entity> rows, String partition, Write change) {
        return switch (change) {
            case Write.Insert insert -> put(rows, partition, insert.row(), insert.properties());
            case Write.Update update -> put(rows, partition, update.row(), update.properties());
            case Write.Put put -> put(rows, partition, put.row(), put.properties());
            case Write.Delete _, Write.DeleteSeen _ -> {
                rows.remove(change.row());
                yield "";
            }
        };
    }

    private String put(SortedMap<String, Entity> rows, String partition, String row, Properties properties) {
        String etag = Long.toString(etags.incrementAndGet());
        rows.put(row, new Entity(partition, row, properties, etag));
        return etag;
    }
}
