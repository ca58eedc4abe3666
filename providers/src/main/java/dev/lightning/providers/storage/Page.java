package dev.lightning.providers.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a partition in the order of its rows.
 *
 * @param nextRow where the next page starts, null when there is none
 */
public record Page(List<Entity> entities, @Nullable String nextRow) {
    public Page {
        entities = List.copyOf(entities);
    }
}
