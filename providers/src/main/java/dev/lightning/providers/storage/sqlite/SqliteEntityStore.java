package dev.lightning.providers.storage.sqlite;

import dev.lightning.providers.storage.jdbc.JdbcEntityStore;

/** The store of a laptop and of a small server: one file, one process that writes it. */
public final class SqliteEntityStore extends JdbcEntityStore {
    /**
     * Opens the file, makes it when it is not there, and brings it up to date.
     *
     * @throws dev.lightning.providers.storage.NewerFormatException when a newer release wrote it
     * @throws dev.lightning.providers.storage.StorageUnavailableException when it cannot be opened
     */
    public SqliteEntityStore(SqliteSettings settings) {
        super(new SqliteDatabase(settings));
        open(_ -> false);
    }
}
