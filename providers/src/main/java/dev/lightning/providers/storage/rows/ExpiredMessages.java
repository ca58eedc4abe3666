package dev.lightning.providers.storage.rows;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were kept long ago and are owed to nobody. The sequence of the newest is remembered, so that it goes on
 * where it was and a reader who comes back misses nothing.
 */
public final class ExpiredMessages implements ExpiredRows {
    private final EntityStore store;
    private final BlobStore blobs;
    private final Predicate<MessageRow> owed;

    /** Takes what tells a message that is still to be delivered; such a one stays, however old. */
    public ExpiredMessages(EntityStore store, BlobStore blobs, Predicate<MessageRow> owed) {
        this.store = store;
        this.blobs = blobs;
        this.owed = owed;
    }

    @Override
    public Table table() {
        return Table.MESSAGES;
    }

    @Override
    public Removal remove(String ownerKey, Instant before, @Nullable String fromRow) {
        RowRange range = fromRow == null ? MessageRowFormat.ALL : MessageRowFormat.ALL.startingAt(fromRow);
        Page page = store.scan(table(), ownerKey, range, Removing.PAGE);
        List<MessageRow> expired = page.entities().stream()
                .map(MessageRowFormat::read)
                .filter(row -> row.keptAt().isBefore(before) && !owed.test(row))
                .toList();
        rememberNewest(ownerKey, expired);
        expired.stream().map(MessageRow::bodyBlob).filter(Objects::nonNull).forEach(blobs::delete);
        List<List<Write>> changes = expired.stream()
                .map(row -> List.<Write>of(
                        new Write.DeleteSeen(MessageRowFormat.listKey(row.sequence()), row.etag()),
                        new Write.Delete(MessageRowFormat.pointKey(row.id()))))
                .toList();
        return new Removal(Removing.from(store, table(), ownerKey, changes), page.nextRow());
    }

    /** Before the removal, so that the sequence is known at every moment; expired messages come newest first. */
    private void rememberNewest(String ownerKey, List<MessageRow> expired) {
        if (expired.isEmpty()) {
            return;
        }
        long newest = expired.getFirst().sequence();
        long remembered = store.get(table(), ownerKey, MessageRowFormat.NEWEST)
                .map(MessageRowFormat::sequence)
                .orElse(0L);
        if (newest > remembered) {
            store.write(table(), ownerKey, new Write.Put(MessageRowFormat.NEWEST, MessageRowFormat.newest(newest)));
        }
    }
}
