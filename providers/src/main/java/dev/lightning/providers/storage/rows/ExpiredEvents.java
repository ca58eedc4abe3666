package dev.lightning.providers.storage.rows;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events that ended long ago, and rows that were withdrawn long ago because nothing ever started. An open event stays,
 * however old. Only the old end of each list is read: what arrived later cannot have ended earlier.
 */
public final class ExpiredEvents implements ExpiredRows {
    private final EntityStore store;
    private final BlobStore blobs;

    public ExpiredEvents(EntityStore store, BlobStore blobs) {
        this.store = store;
        this.blobs = blobs;
    }

    @Override
    public Table table() {
        return Table.EVENTS;
    }

    @Override
    public Removal remove(String ownerKey, Instant before, @Nullable String fromRow) {
        if (fromRow != null && fromRow.startsWith(EventRowFormat.WITHDRAWN)) {
            return removeWithdrawn(page(ownerKey, EventRowFormat.WITHDRAWN, before, fromRow), ownerKey);
        }
        Page page = page(ownerKey, EventRowFormat.NEWEST_FIRST, before, fromRow);
        int removed = removeEnded(page, ownerKey, before);
        String next = page.nextRow();
        return new Removal(removed, next == null ? EventRowFormat.WITHDRAWN : next);
    }

    /** Every change of an event changes its listed row too, so that row's etag stands for both. */
    private int removeEnded(Page page, String ownerKey, Instant before) {
        List<EventRow> expired = page.entities().stream()
                .map(EventRowFormat::read)
                .filter(row -> isOver(row, before))
                .toList();
        expired.forEach(row -> blobs.delete(EventBlobs.metadata(ownerKey, row.id())));
        List<List<Write>> changes = expired.stream()
                .map(row -> List.<Write>of(
                        new Write.DeleteSeen(EventRowFormat.indexKey(row), row.etag()),
                        new Write.Delete(EventRowFormat.pointKey(row.id()))))
                .toList();
        return Removing.from(store, table(), ownerKey, changes);
    }

    private Removal removeWithdrawn(Page page, String ownerKey) {
        int removed = 0;
        for (Entity listed : page.entities()) {
            EventRow row = EventRowFormat.read(listed);
            Write forget = new Write.Delete(listed.row());
            Optional<Entity> point = store.get(table(), ownerKey, EventRowFormat.pointKey(row.id()))
                    .filter(EventRowFormat::isWithdrawn)
                    .filter(entity -> EventRowFormat.read(entity).receivedAt().equals(row.receivedAt()));
            if (point.isEmpty()) {
                store.write(table(), ownerKey, forget);
                continue;
            }
            blobs.delete(EventBlobs.metadata(ownerKey, row.id()));
            Write seen = new Write.DeleteSeen(point.get().row(), point.get().etag());
            removed += store.write(table(), ownerKey, List.of(seen, forget)).isDone() ? 1 : 0;
        }
        return new Removal(removed, page.nextRow());
    }

    private Page page(String ownerKey, String prefix, Instant before, @Nullable String fromRow) {
        RowRange old = EventRowFormat.arrivedBy(prefix, before);
        String from = fromRow == null || fromRow.equals(prefix) ? old.from() : fromRow;
        return store.scan(table(), ownerKey, old.startingAt(from), Removing.PAGE);
    }

    private static boolean isOver(EventRow row, Instant before) {
        Instant endedAt = row.standing().endedAt();
        return endedAt != null && endedAt.isBefore(before);
    }
}
