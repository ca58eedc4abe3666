package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.sqlite.SqliteEntityStore;
import dev.lightning.providers.storage.sqlite.SqliteSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ToolRowsOnSqliteTest extends ToolRowsContract {
    @TempDir
    private Path folder;

    private EntityStore store;

    @BeforeEach
    void open() {
        store = new SqliteEntityStore(new SqliteSettings(folder.resolve("lightning.db"), null, null, null));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected EntityStore store() {
        return store;
    }
}
