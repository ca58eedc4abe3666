package dev.lightning.providers.blobs;

import java.util.Optional;

/** Keeps bytes under a key of the alphabet {@code [A-Za-z0-9._~:/-]}; throws {@link java.io.UncheckedIOException} when it cannot. */
public interface BlobStore {
    /** Stores durably, replacing what was there. */
    void put(String key, byte[] content);

    Optional<byte[]> get(String key);

    void delete(String key);
}
