package dev.lightning.providers.blobs;

/** Keeps the fake honest. */
final class InMemoryBlobStoreTest extends BlobStoreContract {
    @Override
    protected BlobStore emptyStore() {
        return new InMemoryBlobStore();
    }
}
