package dev.lightning.providers.storage.jdbc;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Keys;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.PropertiesJson;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entities in one table of a relational database, in SQL that SQLite and PostgreSQL both speak. */
public abstract class JdbcEntityStore implements EntityStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcEntityStore.class);

    private final Database database;
    private final Side reading = new Side("reading", new AtomicBoolean(true));
    private final Side writing = new Side("writing", new AtomicBoolean(true));

    protected JdbcEntityStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Entity> get(Table table, String partition, String row) {
        if (!Keys.isKey(partition) || !Keys.isKey(row)) {
            return Optional.empty();
        }
        return reading(session -> session.query(
                        Sql.GET,
                        line -> new Entity(partition, row, PropertiesJson.read(line.getString(2)), line.getString(1)),
                        table.defaultName(),
                        partition,
                        row))
                .stream()
                .findFirst();
    }

    @Override
    public Page scan(Table table, String partition, RowRange range, int limit) {
        Keys.check(range);
        if (!Keys.isKey(partition)) {
            return new Page(List.of(), null);
        }
        List<Entity> found = reading(session -> session.query(
                Sql.SCAN,
                line -> new Entity(
                        partition, line.getString(1), PropertiesJson.read(line.getString(3)), line.getString(2)),
                table.defaultName(),
                partition,
                range.from(),
                range.to(),
                limit + 1L));
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), found.get(limit).row());
    }

    @Override
    public List<String> partitions(Table table, String from, int limit) {
        String kind = table.defaultName();
        return reading(session -> session.query(Sql.PARTITIONS, line -> line.getString(1), kind, from, kind, limit));
    }

    @Override
    public Written write(Table table, String partition, List<Write> changes) {
        Keys.check(partition, changes);
        return run(writing, () -> switch (changes.size()) {
            case 0 -> new Written.Done(List.of());
            case 1 -> database.write(session -> apply(session, table, partition, changes));
            default ->
                database.write(
                        session -> session.atomically(each -> apply(each, table, partition, changes), Written::isDone));
        });
    }

    @Override
    public void close() {
        database.close();
    }

    /** Brings the database up to date before the first request needs it, or closes it when it is of no use. */
    protected final void open(Predicate<StorageUnavailableException> mayComeBack) {
        boolean usable = false;
        try {
            usable = reading(_ -> true);
        } catch (StorageUnavailableException e) {
            usable = mayComeBack.test(e);
            if (!usable) {
                throw e;
            }
        } finally {
            if (!usable) {
                close();
            }
        }
    }

    /** Goes through the rows in the order of their keys, so that two batches never wait for each other in a circle. */
    private static Written apply(Session session, Table table, String partition, List<Write> changes)
            throws SQLException {
        List<String> etags = new ArrayList<>();
        changes.forEach(change -> etags.add(removes(change) ? "" : newEtag()));
        List<Integer> order = IntStream.range(0, changes.size())
                .boxed()
                .sorted(Comparator.comparing(index -> changes.get(index).row()))
                .toList();
        for (int index : order) {
            if (!apply(session, table.defaultName(), partition, changes.get(index), etags.get(index))) {
                return new Written.Refused(index);
            }
        }
        return new Written.Done(etags);
    }

    private static boolean apply(Session session, String kind, String partition, Write change, String etag)
            throws SQLException {
        return switch (change) {
            case Write.Insert(var row, var properties) ->
                session.update(Sql.INSERT, kind, partition, row, etag, PropertiesJson.write(properties)) == 1;
            case Write.Update(var row, var properties, var seen) ->
                session.update(Sql.UPDATE, etag, PropertiesJson.write(properties), kind, partition, row, seen) == 1;
            case Write.Put(var row, var properties) ->
                session.update(Sql.PUT, kind, partition, row, etag, PropertiesJson.write(properties)) == 1;
            case Write.Delete(var row) -> session.update(Sql.DELETE, kind, partition, row) >= 0;
            case Write.DeleteSeen(var row, var seen) ->
                session.update(Sql.DELETE_SEEN, kind, partition, row, seen) == 1;
        };
    }

    private static boolean removes(Write change) {
        return switch (change) {
            case Write.Insert _, Write.Update _, Write.Put _ -> false;
            case Write.Delete _, Write.DeleteSeen _ -> true;
        };
    }

    /** Random and not counted, so that a row that is deleted and inserted again never has an etag it had before. */
    private static String newEtag() {
        return Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
    }

    /** Reading and writing fail apart: a full disk can still be read. */
    private record Side(String name, AtomicBoolean available) {}

    private interface Action<T> {
        T run() throws SQLException;
    }

    private <T> T reading(Database.Work<T> work) {
        return run(reading, () -> database.read(work));
    }

    private <T> T run(Side side, Action<T> action) {
        try {
            T result = action.run();
            if (side.available().compareAndSet(false, true)) {
                log.info("event=store.available for={}", side.name());
            }
            return result;
        } catch (SQLException e) {
            throw translated(e, side);
        }
    }

    private RuntimeException translated(SQLException failure, Side side) {
        @Nullable String trouble = database.troubleBehind(failure);
        if (trouble == null) {
            return new IllegalStateException("The store refused a statement", failure);
        }
        if (side.available().compareAndSet(true, false)) {
            log.warn("event=store.unavailable for={} reason=\"{}\"", side.name(), trouble);
        }
        return new StorageUnavailableException(trouble, failure);
    }
}
