package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One row per event, in its owner's partition. It makes a repeated post recognisable, and answers lists without asking
 * Temporal. Every change also changes the row's twin in the list, in the same write.
 *
 * <p>A store that cannot be reached throws {@link dev.lightning.providers.storage.StorageUnavailableException}.
 */
public final class EventRows {
    /** How many rows one call of {@link #list} reads at most, however few of them fit the filter. */
    static final int MAX_READ = 2_000;

    private static final int CHUNK = 200;

    private final EntityStore store;

    public EventRows(EntityStore store) {
        this.store = store;
    }

    /** Stores the row unless its id is taken; of several callers at once exactly one is the first. */
    public EventArrival insertIfAbsent(EventRow row) {
        String key = EventRowFormat.pointKey(row.id());
        Properties point = EventRowFormat.point(row);
        Optional<EventRow> stored = writeBoth(row, new Write.Insert(key, point));
        while (stored.isEmpty()) {
            Optional<Entity> present = entity(row.ownerKey(), row.id());
            if (present.isPresent() && !EventRowFormat.isWithdrawn(present.get())) {
                return new EventArrival.Repeated(EventRowFormat.read(present.get()));
            }
            Write write = present.<Write>map(withdrawn -> new Write.Update(key, point, withdrawn.etag()))
                    .orElseGet(() -> new Write.Insert(key, point));
            stored = writeBoth(row, write);
        }
        return new EventArrival.First(stored.get());
    }

    public Optional<EventRow> find(String ownerKey, String id) {
        return entity(ownerKey, id)
                .filter(entity -> !EventRowFormat.isWithdrawn(entity))
                .map(EventRowFormat::read);
    }

    /**
     * Marks the row as in use, so that nobody who saw it earlier can still remove it.
     *
     * @return the row to go on with, or empty when it has changed since it was seen
     */
    public Optional<EventRow> claim(EventRow seen) {
        return update(seen, seen);
    }

    /** Removes a row whose workflow never started, unless somebody has changed or claimed it since it was seen. */
    public boolean remove(EventRow seen) {
        return store.write(
                        Table.EVENTS,
                        seen.ownerKey(),
                        List.of(
                                new Write.Update(
                                        EventRowFormat.pointKey(seen.id()),
                                        EventRowFormat.withdrawn(seen),
                                        seen.etag()),
                                new Write.Delete(EventRowFormat.indexKey(seen)),
                                new Write.Put(EventRowFormat.withdrawnKey(seen), EventRowFormat.index(seen))))
                .isDone();
    }

    /** Records how a run ended, once however often it is said; a removed row whose workflow did run comes back. */
    public RunRecording recordRun(String ownerKey, String id, EventRun run, @Nullable String report) {
        while (true) {
            Optional<EventRow> seen = entity(ownerKey, id).map(EventRowFormat::read);
            if (seen.isEmpty()) {
                return RunRecording.MISSING;
            }
            if (seen.get().knows(run.runId())) {
                return RunRecording.REPEATED;
            }
            if (update(seen.get(), seen.get().ended(run, report)).isPresent()) {
                return RunRecording.RECORDED;
            }
        }
    }

    /** Opens an ended row for another run; of several callers that saw the same row exactly one gets it. */
    public Optional<EventRow> reopen(EventRow seen, String status, Instant now) {
        return update(seen, seen.standing(EventRow.Standing.open(status, now)));
    }

    /** Takes {@link #reopen} back, because the run it was for did not start. */
    public Optional<EventRow> restore(EventRow seen) {
        if (seen.runs().isEmpty()) {
            return Optional.empty();
        }
        EventRun last = seen.runs().getLast();
        return update(
                seen, seen.standing(EventRow.Standing.of(last, seen.standing().openedAt())));
    }

    /** Keeps the new start of a future event; false when there is no such event that is still open. */
    public boolean moveDue(String ownerKey, String id, Instant due) {
        while (true) {
            Optional<EventRow> seen = find(ownerKey, id).filter(row -> !row.hasEnded());
            if (seen.isEmpty() || update(seen.get(), seen.get().dueAt(due)).isPresent()) {
                return seen.isPresent();
            }
        }
    }

    /** The owner's events that pass the filter, newest first, from {@code fromRow} on; null starts at the newest. */
    public EventPage list(String ownerKey, Predicate<EventRow> filter, @Nullable String fromRow, int size) {
        RowRange range = RowRange.prefix(EventRowFormat.NEWEST_FIRST);
        List<EventRow> found = new ArrayList<>();
        String next = fromRow == null ? range.from() : fromRow;
        for (int read = 0; next != null && read < MAX_READ; read += CHUNK) {
            Page page = store.scan(Table.EVENTS, ownerKey, range.startingAt(next), CHUNK);
            for (Entity entity : page.entities()) {
                EventRow row = EventRowFormat.read(entity);
                if (filter.test(row)) {
                    if (found.size() == size) {
                        return new EventPage(found, entity.row());
                    }
                    found.add(row);
                }
            }
            next = page.nextRow();
        }
        return new EventPage(found, next);
    }

    private Optional<EventRow> update(EventRow seen, EventRow changed) {
        return writeBoth(
                changed,
                new Write.Update(EventRowFormat.pointKey(seen.id()), EventRowFormat.point(changed), seen.etag()));
    }

    private Optional<EventRow> writeBoth(EventRow row, Write point) {
        Write index = new Write.Put(EventRowFormat.indexKey(row), EventRowFormat.index(row));
        Written written = store.write(Table.EVENTS, row.ownerKey(), List.of(point, index));
        return switch (written) {
            case Written.Done done -> Optional.of(row.stored(done.etags().getFirst()));
            case Written.Refused _ -> Optional.empty();
        };
    }

    private Optional<Entity> entity(String ownerKey, String id) {
        return store.get(Table.EVENTS, ownerKey, EventRowFormat.pointKey(id));
    }
}
