package dev.lightning.providers.blobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Keeps bytes under a key of the alphabet {@code [A-Za-z0-9._~:/-]}; throws {@link java.io.UncheckedIOException} when it cannot. */
public interface BlobStore {
    /** Stores durably, replacing what was there. */
    void put(String key, byte[] content);

    /**
     * Stores what may be too large to be held in memory.
     *
     * @throws IOException when the content cannot be read
     */
    void put(String key, InputStream content) throws IOException;

    Optional<byte[]> get(String key);

    /** Reads what may be too large to be held in memory; the caller closes it. */
    Optional<InputStream> open(String key);

    void delete(String key);
}
