package dev.lightning.providers.storage.postgres;

import dev.lightning.providers.storage.jdbc.JdbcEntityStore;

/** The store of several processes or machines, which share one database. */
public final class PostgresEntityStore extends JdbcEntityStore {
    /**
     * Brings the database up to date; one that cannot be reached yet is prepared by the first request that reaches it.
     *
     * @throws IllegalArgumentException when {@code DATABASE_URL} has another form
     * @throws dev.lightning.providers.storage.NewerFormatException when a newer release wrote the database
     * @throws dev.lightning.providers.storage.StorageUnavailableException when it refuses the account or does not exist
     */
    public PostgresEntityStore(PostgresSettings settings) {
        super(new PostgresDatabase(settings));
        open(failure -> !PostgresDatabase.isRefused(failure));
    }
}
