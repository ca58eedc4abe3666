package dev.lightning.providers.storage.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an owner's events, newest first.
 *
 * @param nextRow where the next page starts, null when there is none; a page may be short although there is one
 */
public record EventPage(List<EventRow> rows, @Nullable String nextRow) {
    public EventPage {
        rows = List.copyOf(rows);
    }
}
