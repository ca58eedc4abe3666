package dev.lightning.api.events;

import dev.lightning.providers.blobs.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs for tests, which can be away. */
final class InMemoryBlobs implements BlobStore {
    final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    volatile boolean away;

    @Override
    public void put(String key, byte[] content) {
        if (away) {
            throw new UncheckedIOException(new IOException("away"));
        }
        kept.put(key, content.clone());
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(kept.get(key));
    }

    @Override
    public void delete(String key) {
        kept.remove(key);
    }
}
