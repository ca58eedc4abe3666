package dev.lightning.providers.storage;

import java.util.List;
import java.util.Optional;

/**
 * The store as every adapter can offer it, which is the model of Azure Tables: rows in partitions, each write of a
 * partition all or nothing, no joins, nothing across partitions. Keys are any strings of 1 to 255 characters without
 * control characters; adapters escape what their system forbids.
 *
 * <p>A store that cannot be reached throws {@link StorageUnavailableException}; whoever calls it retries.
 */
public interface EntityStore extends AutoCloseable {
    Optional<Entity> get(Table table, String partition, String row);

    /** The first {@code limit} rows of the range. */
    Page scan(Table table, String partition, RowRange range, int limit);

    /** Writes at most 100 changes to different rows of one partition, all or nothing, durably before it returns. */
    Written write(Table table, String partition, List<Write> changes);

    /** The partitions of a table in order, from this one on; for housekeeping, not for requests. */
    List<String> partitions(Table table, String from, int limit);

    default Written write(Table table, String partition, Write change) {
        return write(table, partition, List.of(change));
    }

    @Override
    void close();
}
