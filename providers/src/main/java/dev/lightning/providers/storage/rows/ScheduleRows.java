package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schedules of each user by id, for lists and for telling a repeat; the partition is the owner key. */
public final class ScheduleRows {
    private static final long FORMAT = 1;
    private static final int STRETCH = 500;
    private static final RowRange ALL = RowRange.prefix("");

    private final EntityStore store;

    public ScheduleRows(EntityStore store) {
        this.store = store;
    }

    /** A stretch of a user's schedules in the order of their ids; {@code nextRow} is null on the last page. */
    public record Listed(List<ScheduleRow> rows, @Nullable String nextRow) {
        public Listed {
            rows = List.copyOf(rows);
        }
    }

    /**
     * How many schedules a user has.
     *
     * @param live those that can still run, unless they are one-shots whose event was called off
     * @param waiting ids of the one-shots among them
     * @param ended ids of one-shots whose time is long past
     */
    public record Census(int live, List<String> waiting, List<String> ended) {
        public Census {
            waiting = List.copyOf(waiting);
            ended = List.copyOf(ended);
        }
    }

    public Optional<ScheduleRow> find(String ownerKey, String id) {
        return store.get(Table.SCHEDULES, ownerKey, id).map(ScheduleRows::read);
    }

    /** Writes a new row; false when the id is taken. */
    public boolean insert(String ownerKey, ScheduleRow row) {
        return store.write(Table.SCHEDULES, ownerKey, new Write.Insert(row.id(), written(row)))
                .isDone();
    }

    /** Writes the row whatever is there. */
    public void put(String ownerKey, ScheduleRow row) {
        store.write(Table.SCHEDULES, ownerKey, new Write.Put(row.id(), written(row)));
    }

    public void delete(String ownerKey, String id) {
        store.write(Table.SCHEDULES, ownerKey, new Write.Delete(id));
    }

    /** The page that starts at {@code firstRow}, or the first page. */
    public Listed list(String ownerKey, @Nullable String firstRow, int limit) {
        RowRange range = firstRow == null ? ALL : ALL.startingAt(firstRow);
        Page page = store.scan(Table.SCHEDULES, ownerKey, range, limit);
        return new Listed(page.entities().stream().map(ScheduleRows::read).toList(), page.nextRow());
    }

    /** Counts a user's schedules; one-shots due before {@code longAgo} are named so that they can be let go. */
    public Census census(String ownerKey, Instant now, Instant longAgo) {
        int live = 0;
        List<String> waiting = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        String next = null;
        do {
            Listed stretch = list(ownerKey, next, STRETCH);
            for (ScheduleRow row : stretch.rows()) {
                live += row.endedBefore(now) ? 0 : 1;
                if (row.isOnce() && !row.endedBefore(now)) {
                    waiting.add(row.id());
                }
                if (row.endedBefore(longAgo)) {
                    ended.add(row.id());
                }
            }
            next = stretch.nextRow();
        } while (next != null);
        return new Census(live, waiting, ended);
    }

    private static Properties written(ScheduleRow row) {
        return Properties.format(FORMAT)
                .put("bodyHash", row.bodyHash())
                .put("eventType", row.eventType())
                .put("createdAt", row.createdAt())
                .put("due", row.due())
                .put("cron", row.cron())
                .put("timeZone", row.timeZone())
                .put("confirmed", row.confirmed())
                .build();
    }

    static ScheduleRow read(Entity entity) {
        Properties properties = entity.properties();
        return new ScheduleRow(
                entity.row(),
                properties.requireText("bodyHash"),
                properties.requireText("eventType"),
                properties.requireInstant("createdAt"),
                properties.instant("due"),
                properties.text("cron"),
                properties.text("timeZone"),
                Boolean.TRUE.equals(properties.flag("confirmed")));
    }
}
