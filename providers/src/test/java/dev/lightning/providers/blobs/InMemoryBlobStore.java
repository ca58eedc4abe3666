package dev.lightning.providers.blobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Blobs for tests that need no durability; the contract test keeps it honest. */
public class InMemoryBlobStore implements BlobStore {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~:/-]{1,1024}");

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    @Override
    public void put(String key, byte[] content) {
        contents.put(checked(key), content.clone());
    }

    @Override
    public void put(String key, InputStream content) throws IOException {
        put(key, content.readAllBytes());
    }

    @Override
    public Optional<InputStream> open(String key) {
        return get(key).map(ByteArrayInputStream::new);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(contents.get(checked(key))).map(byte[]::clone);
    }

    @Override
    public void delete(String key) {
        contents.remove(checked(key));
    }

    public List<String> keys() {
        return contents.keySet().stream().sorted().toList();
    }

    private static String checked(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("A blob key has 1 to 1024 characters of [A-Za-z0-9._~:/-]");
        }
        return key;
    }
}
