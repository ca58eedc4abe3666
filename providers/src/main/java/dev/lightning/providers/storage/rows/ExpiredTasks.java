package dev.lightning.providers.storage.rows;

import dev.lightning.providers.blobs.BlobStore;
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
import org.jspecify.annotations.Nullable;

/** Runs of tools that ended long ago, with their output and files. A run that has not ended stays, however old. */
public final class ExpiredTasks implements ExpiredRows {
    private static final RowRange LISTED = RowRange.prefix(TaskRowFormat.NEWEST_FIRST);

    private final EntityStore store;
    private final BlobStore blobs;

    public ExpiredTasks(EntityStore store, BlobStore blobs) {
        this.store = store;
        this.blobs = blobs;
    }

    @Override
    public Table table() {
        return Table.TASKS;
    }

    @Override
    public Removal remove(String ownerKey, Instant before, @Nullable String fromRow) {
        RowRange range = fromRow == null ? LISTED : LISTED.startingAt(fromRow);
        Page page = store.scan(table(), ownerKey, range, Removing.PAGE);
        List<List<Write>> changes = new ArrayList<>();
        for (Entity listed : page.entities()) {
            Optional<Entity> point = store.get(
                            table(),
                            ownerKey,
                            TaskRowFormat.pointKey(TaskRowFormat.read(listed).id()))
                    .filter(entity -> isOver(TaskRowFormat.read(entity), before));
            if (point.isPresent()) {
                TaskRowFormat.read(point.get()).blobs().forEach(blobs::delete);
                changes.add(List.of(
                        new Write.DeleteSeen(point.get().row(), point.get().etag()), new Write.Delete(listed.row())));
            }
        }
        return new Removal(Removing.from(store, table(), ownerKey, changes), page.nextRow());
    }

    private static boolean isOver(TaskRow row, Instant before) {
        Instant endedAt = row.standing().endedAt();
        return endedAt != null && endedAt.isBefore(before);
    }
}
