package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.InMemoryEntityStore;

class TaskRowsTest extends TaskRowsContract {
    private final EntityStore store = new InMemoryEntityStore();

    @Override
    protected EntityStore store() {
        return store;
    }
}
