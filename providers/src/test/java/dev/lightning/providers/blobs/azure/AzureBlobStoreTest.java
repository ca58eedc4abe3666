package dev.lightning.providers.blobs.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.BlobStoreContract;
import dev.lightning.providers.testing.Azurite;
import dev.lightning.providers.testing.FaultyProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureBlobStoreTest extends BlobStoreContract {
    private static final int LARGE = 9_000_000;

    private static Azurite azurite;

    @BeforeAll
    static void start() {
        azurite = Azurite.start();
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.close();
        }
    }

    @Override
    protected BlobStore emptyStore() {
        return open(azurite.connection());
    }

    @Test
    void keeps_what_is_larger_than_a_block() throws Exception {
        byte[] content = new byte[LARGE];
        new Random(9).nextBytes(content);

        blobs.put("large", new ByteArrayInputStream(content));

        assertThat(blobs.get("large")).contains(content);
        try (InputStream kept = blobs.open("large").orElseThrow()) {
            assertThat(kept.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void a_stream_that_breaks_behind_its_first_block_leaves_what_was_there() {
        blobs.put("key", new byte[] {1});
        InputStream breaks = new SequenceInputStream(new ByteArrayInputStream(new byte[LARGE]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        });

        assertThatThrownBy(() -> blobs.put("key", breaks)).isInstanceOf(IOException.class);

        assertThat(blobs.get("key")).contains(new byte[] {1});
    }

    @Test
    void finds_the_service_again_by_itself_and_starts_before_it() {
        blobs.put("key", new byte[] {1});
        azurite.stop();

        assertThatThrownBy(() -> blobs.get("key"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("A blob cannot be read from lightning at 127.0.0.1, which cannot be reached");
        BlobStore early = emptyStore();
        azurite.resume();

        early.put("early", new byte[] {2});
        assertThat(blobs.get("key")).contains(new byte[] {1});
    }

    @Test
    void an_inspection_says_whether_the_account_lets_us_in() {
        AzureBlobSettings settings = new AzureBlobSettings(Azurite.newName());
        AzureAccount ours = AzureAccount.connected("STORAGE_CONNECTION", azurite.connection());
        AzureAccount wrong = AzureAccount.connected("STORAGE_CONNECTION", azurite.connection(Azurite.newKey()));

        assertThat(AzureBlobStore.inspect(ours, settings, new AzureCredentials()))
                .isEmpty();
        assertThat(AzureBlobStore.inspect(wrong, settings, new AzureCredentials())
                        .orElseThrow())
                .contains("refuses the key");
    }

    @Test
    void refuses_a_wrong_key_in_one_sentence_without_showing_it() {
        String wrong = Azurite.newKey();

        assertThatThrownBy(() -> open(azurite.connection(wrong)))
                .hasMessage("The blob service of lightning at 127.0.0.1 refuses the key or identity of this process.");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_refusal_while_it_runs_is_said_to_be_one(int status) {
        try (FaultyProxy proxy = azurite.proxyOfBlobs()) {
            BlobStore through = open(azurite.connectionToBlobsThrough(proxy));
            proxy.refuse(9, status, "0");

            assertThatThrownBy(() -> through.get("key"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage(
                            "A blob cannot be read from lightning at 127.0.0.1, which refuses the key or identity of"
                                    + " this process");
        }
    }

    @Test
    void a_plain_key_is_the_name_and_no_two_keys_have_one() {
        Set<String> names = Stream.of(
                        "events/42/out.log", "a/", "/a", "a//b", "..", "a/../b", "a.", "hashed/x", "x".repeat(1024))
                .map(BlobNames::of)
                .collect(Collectors.toSet());

        assertThat(names).contains("events/42/out.log").hasSize(9);
        assertThat(names)
                .filteredOn(name -> !name.equals("events/42/out.log"))
                .allMatch(name -> name.matches("hashed/[0-9a-f]{64}"));
    }

    private static BlobStore open(String connection) {
        return new AzureBlobStore(
                AzureAccount.connected("STORAGE_CONNECTION", connection),
                new AzureBlobSettings(Azurite.newName()),
                new AzureCredentials());
    }
}
