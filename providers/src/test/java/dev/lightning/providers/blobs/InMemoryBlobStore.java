package dev.lightning.providers.blobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs for tests that need no durability. */
public final class InMemoryBlobStore implements BlobStore {
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    @Override
    public void put(String key, byte[] content) {
        contents.put(key, content.clone());
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(contents.get(key)).map(byte[]::clone);
    }

    @Override
    public void delete(String key) {
        contents.remove(key);
    }

    public List<String> keys() {
        return contents.keySet().stream().sorted().toList();
    }
}
