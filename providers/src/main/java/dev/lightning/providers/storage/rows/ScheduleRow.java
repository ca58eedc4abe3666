package dev.lightning.providers.storage.rows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a list needs to know of a schedule; everything else about it is Temporal's to say.
 *
 * @param bodyHash of what the client asked for, so that a repeat can be told from another schedule
 * @param due when a one-shot starts, null for a cron schedule
 * @param cron the expression as the client wrote it, null for a one-shot
 * @param confirmed whether Temporal was seen to hold the schedule after this row was written
 */
public record ScheduleRow(
        String id,
        String bodyHash,
        String eventType,
        Instant createdAt,
        @Nullable Instant due,
        @Nullable String cron,
        @Nullable String timeZone,
        boolean confirmed) {

    public boolean isOnce() {
        return due != null;
    }

    /** Whether this is a one-shot whose time came before then. */
    public boolean endedBefore(Instant then) {
        return due != null && due.isBefore(then);
    }

    public ScheduleRow confirmed(boolean seen) {
        return new ScheduleRow(id, bodyHash, eventType, createdAt, due, cron, timeZone, seen);
    }

    /** The row of the same one-shot after it was moved. */
    public ScheduleRow dueAt(Instant newDue) {
        return new ScheduleRow(id, bodyHash, eventType, createdAt, newDue, cron, timeZone, confirmed);
    }
}
