package dev.lightning.api.events;

import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the store's plain words as what they mean. */
public final class Standings {
    private Standings() {}

    /** Where the event stands: the row of a future event is not written when its time comes. */
    public static EventStatus status(EventRow row, Instant now) {
        EventStatus status = EventStatus.valueOf(row.status());
        Instant due = row.due();
        return status == EventStatus.SCHEDULED && due != null && !due.isAfter(now) ? EventStatus.RUNNING : status;
    }

    static @Nullable Reason reason(@Nullable String code, @Nullable String message) {
        return code == null ? null : new Reason(code, message == null ? "" : message);
    }
}
