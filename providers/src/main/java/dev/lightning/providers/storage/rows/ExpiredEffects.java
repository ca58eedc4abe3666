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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Effects that were last written so long ago that no attempt can ask for them any more. */
public final class ExpiredEffects implements ExpiredRows {
    private static final RowRange ALL = RowRange.prefix("");

    private final EntityStore store;
    private final BlobStore blobs;

    public ExpiredEffects(EntityStore store, BlobStore blobs) {
        this.store = store;
        this.blobs = blobs;
    }

    @Override
    public Table table() {
        return Table.EFFECTS;
    }

    @Override
    public Removal remove(String ownerKey, Instant before, @Nullable String fromRow) {
        RowRange range = fromRow == null ? ALL : ALL.startingAt(fromRow);
        Page page = store.scan(table(), ownerKey, range, Removing.PAGE);
        List<Entity> expired = page.entities().stream()
                .filter(entity ->
                        entity.properties().requireInstant(EffectLedger.AT).isBefore(before))
                .toList();
        expired.stream()
                .map(entity -> entity.properties().text(EffectLedger.BLOB))
                .filter(Objects::nonNull)
                .forEach(blobs::delete);
        List<List<Write>> changes = expired.stream()
                .map(entity -> List.<Write>of(new Write.DeleteSeen(entity.row(), entity.etag())))
                .toList();
        return new Removal(Removing.from(store, table(), ownerKey, changes), page.nextRow());
    }
}
