package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One-shot schedules that were due long ago; a cron schedule ends only when somebody deletes it. */
public final class ExpiredSchedules implements ExpiredRows {
    private static final RowRange ALL = RowRange.prefix("");

    private final EntityStore store;

    public ExpiredSchedules(EntityStore store) {
        this.store = store;
    }

    @Override
    public Table table() {
        return Table.SCHEDULES;
    }

    @Override
    public Removal remove(String ownerKey, Instant before, @Nullable String fromRow) {
        RowRange range = fromRow == null ? ALL : ALL.startingAt(fromRow);
        Page page = store.scan(table(), ownerKey, range, Removing.PAGE);
        List<List<Write>> changes = page.entities().stream()
                .filter(entity -> ScheduleRows.read(entity).endedBefore(before))
                .map(entity -> List.<Write>of(new Write.DeleteSeen(entity.row(), entity.etag())))
                .toList();
        return new Removal(Removing.from(store, table(), ownerKey, changes), page.nextRow());
    }
}
