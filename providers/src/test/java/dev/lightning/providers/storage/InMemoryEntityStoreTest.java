package dev.lightning.providers.storage;

/** Keeps the fake honest. */
final class InMemoryEntityStoreTest extends EntityStoreContract {
    @Override
    protected EntityStore emptyStore() {
        return new InMemoryEntityStore();
    }
}
