package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The runs of tools in the partition of whose events started them, each with a twin that keeps lists newest first.
 *
 * <p>A store that cannot be reached throws {@link dev.lightning.providers.storage.StorageUnavailableException}.
 */
public final class TaskRows {
    /** How many rows one call of {@link #list} reads at most, however few of them fit the filter. */
    static final int MAX_READ = 2_000;

    private static final int CHUNK = 200;

    private final EntityStore store;

    public TaskRows(EntityStore store) {
        this.store = store;
    }

    /**
     * Writes where a run is. Repeating it changes nothing, and what comes too late, a state before the stored one or a
     * run before the stored one, is left aside. What was collected for the same run stays unless this brings other.
     *
     * @return whether it was news
     */
    public boolean record(TaskRow told) {
        while (true) {
            Optional<Entity> present = entity(told.ownerKey(), told.id());
            if (present.isEmpty()) {
                if (write(told, new Write.Insert(key(told), TaskRowFormat.written(told)))) {
                    return true;
                }
                continue;
            }
            TaskRow stored = TaskRowFormat.read(present.get());
            if (!told.isNewsAfter(stored)) {
                return false;
            }
            if (update(told.after(stored), present.get())) {
                return true;
            }
        }
    }

    /**
     * Notes where the blob store keeps what a run left, whatever state is told before or after.
     *
     * @return false when there is no such run, or already another of the same task
     */
    public boolean keep(String ownerKey, String id, String runId, TaskFiles files) {
        while (true) {
            Optional<Entity> present = entity(ownerKey, id);
            Optional<TaskRow> stored =
                    present.map(TaskRowFormat::read).filter(row -> row.runId().equals(runId));
            if (stored.isEmpty()) {
                return false;
            }
            if (update(stored.get().keeping(files), present.get())) {
                return true;
            }
        }
    }

    /**
     * Notes that a run's program was given more time; a deadline only moves away.
     *
     * @return false when there is no such run, or none whose program runs until before
     */
    public boolean extend(TaskRow told, Instant deadline) {
        while (true) {
            Optional<Entity> present = entity(told.ownerKey(), told.id());
            Optional<TaskRow> stored = present.map(TaskRowFormat::read)
                    .filter(row -> row.runId().equals(told.runId()) && row.runsUntilBefore(deadline));
            if (stored.isEmpty()) {
                return false;
            }
            if (update(stored.get().until(deadline), present.get())) {
                return true;
            }
        }
    }

    public Optional<TaskRow> find(String ownerKey, String id) {
        return entity(ownerKey, id).map(TaskRowFormat::read);
    }

    /** A stretch of an owner's tasks; it may be short although there is a {@code nextRow}, which is null at the end. */
    public record Listed(List<TaskRow> rows, @Nullable String nextRow) {
        public Listed {
            rows = List.copyOf(rows);
        }
    }

    /** The owner's tasks that pass the filter, newest first, from {@code fromRow} on; null starts at the newest. */
    public Listed list(String ownerKey, Predicate<TaskRow> filter, @Nullable String fromRow, int size) {
        RowRange range = RowRange.prefix(TaskRowFormat.NEWEST_FIRST);
        List<TaskRow> found = new ArrayList<>();
        String next = fromRow == null ? range.from() : fromRow;
        for (int read = 0; next != null && read < MAX_READ; read += CHUNK) {
            Page page = store.scan(Table.TASKS, ownerKey, range.startingAt(next), CHUNK);
            for (Entity entity : page.entities()) {
                TaskRow row = TaskRowFormat.read(entity);
                if (filter.test(row)) {
                    if (found.size() == size) {
                        return new Listed(found, entity.row());
                    }
                    found.add(row);
                }
            }
            next = page.nextRow();
        }
        return new Listed(found, next);
    }

    private boolean update(TaskRow row, Entity seen) {
        return write(row, new Write.Update(key(row), TaskRowFormat.written(row), seen.etag()));
    }

    private boolean write(TaskRow row, Write point) {
        Write index = new Write.Put(TaskRowFormat.indexKey(row), TaskRowFormat.written(row.listed()));
        return store.write(Table.TASKS, row.ownerKey(), List.of(point, index)).isDone();
    }

    private Optional<Entity> entity(String ownerKey, String id) {
        return store.get(Table.TASKS, ownerKey, TaskRowFormat.pointKey(id));
    }

    private static String key(TaskRow row) {
        return TaskRowFormat.pointKey(row.id());
    }
}
