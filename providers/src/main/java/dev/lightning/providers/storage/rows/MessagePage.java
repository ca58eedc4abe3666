package dev.lightning.providers.storage.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an owner's messages, newest first.
 *
 * @param nextRow where the next page starts, null when there is none; a page may be short although there is one
 */
public record MessagePage(List<MessageRow> rows, @Nullable String nextRow) {
    public MessagePage {
        rows = List.copyOf(rows);
    }
}
