package dev.lightning.providers.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port promises, run against every adapter. */
public abstract class BlobStoreContract {
    private static final List<String> ODD_KEYS = List.of(
            "a",
            "A",
            "a/b",
            "a/B",
            "a/",
            "/a",
            "a//b",
            "..",
            ".",
            "../a",
            "a/../b",
            "/etc/passwd",
            "~",
            "a:b",
            "a_b",
            "con",
            "a.tmp",
            "-",
            "x".repeat(1024),
            "y" + "x".repeat(1023));

    protected BlobStore blobs;

    /** A store with nothing in it. */
    protected abstract BlobStore emptyStore();

    @BeforeEach
    final void open() {
        blobs = emptyStore();
    }

    @Test
    void keeps_bytes_exactly() {
        byte[] content = new byte[1_000_000];
        new Random(7).nextBytes(content);

        blobs.put("events/1/log", content);

        assertThat(blobs.get("events/1/log")).contains(content);
    }

    @Test
    void keeps_what_comes_as_a_stream_and_gives_it_back_as_one() throws Exception {
        byte[] content = new byte[1_000_000];
        new Random(8).nextBytes(content);

        blobs.put("events/1/log", new ByteArrayInputStream(content));

        try (InputStream kept = blobs.open("events/1/log").orElseThrow()) {
            assertThat(kept.readAllBytes()).isEqualTo(content);
        }
        assertThat(blobs.open("events/2/log")).isEmpty();
    }

    @Test
    void a_stream_that_breaks_leaves_what_was_there() {
        blobs.put("events/1/log", new byte[] {1});
        InputStream breaks = new SequenceInputStream(new ByteArrayInputStream(new byte[] {2}), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        });

        assertThatThrownBy(() -> blobs.put("events/1/log", breaks)).hasMessageContaining("broken");

        assertThat(blobs.get("events/1/log")).contains(new byte[] {1});
    }

    @Test
    void keeps_nothing_too() {
        blobs.put("empty", new byte[0]);

        assertThat(blobs.get("empty")).contains(new byte[0]);
    }

    @Test
    void replaces_what_was_there() {
        blobs.put("key", new byte[] {1, 2, 3});
        blobs.put("key", new byte[] {4});

        assertThat(blobs.get("key")).contains(new byte[] {4});
    }

    @Test
    void finds_nothing_where_nothing_is() {
        assertThat(blobs.get("nowhere")).isEmpty();
    }

    @Test
    void deletes_and_does_not_mind_when_there_is_nothing() {
        blobs.put("key", new byte[] {1});

        blobs.delete("key");
        blobs.delete("key");

        assertThat(blobs.get("key")).isEmpty();
    }

    @Test
    void keeps_odd_keys_apart() {
        ODD_KEYS.forEach(key -> blobs.put(key, key.getBytes()));

        ODD_KEYS.forEach(key -> assertThat(blobs.get(key)).contains(key.getBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u0000", "ä", "a\\b", "a%2Fb", "a\n"})
    void refuses_what_is_no_key(String key) {
        assertThatThrownBy(() -> blobs.put(key, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blobs.get(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blobs.delete(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_reader_sees_the_old_or_the_new_and_never_half() throws Exception {
        blobs.put("key", filled(0));
        AtomicBoolean done = new AtomicBoolean();

        Thread writer = Thread.startVirtualThread(() -> {
            for (int version = 1; version <= 50; version++) {
                blobs.put("key", filled(version));
            }
            done.set(true);
        });
        while (!done.get()) {
            byte[] seen = blobs.get("key").orElseThrow();
            assertThat(seen).isEqualTo(filled(seen[0]));
        }
        writer.join();

        assertThat(blobs.get("key")).contains(filled(50));
    }

    private static byte[] filled(int version) {
        byte[] content = new byte[100_000];
        Arrays.fill(content, (byte) version);
        return content;
    }
}
