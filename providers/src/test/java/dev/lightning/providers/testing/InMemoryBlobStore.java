package dev.lightning.providers.testing;

import dev.lightning.providers.blobs.BlobStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs for tests that need no durability. */
public final class InMemoryBlobStore implements BlobStore {
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public void put(String key, byte[] content) {
        blobs.put(key, content.clone());
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(blobs.get(key)).map(byte[]::clone);
    }

    @Override
    public void delete(String key) {
        blobs.remove(key);
    }

    public List<String> keys() {
        return blobs.keySet().stream().sorted().toList();
    }
}
