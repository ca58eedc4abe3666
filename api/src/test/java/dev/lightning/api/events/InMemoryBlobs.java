package dev.lightning.api.events;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Blobs for tests, which can be away. */
final class InMemoryBlobs extends InMemoryBlobStore {
    volatile boolean away;

    @Override
    public void put(String key, byte[] content) {
        if (away) {
            throw new UncheckedIOException(new IOException("away"));
        }
        super.put(key, content);
    }
}
