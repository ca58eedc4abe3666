package dev.lightning.providers.blobs.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureBlobService;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.blobs.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One block blob per blob. What is large goes up in blocks that nobody sees until they are committed together, so a
 * reader has the old or the new content, and of what breaks in the middle nothing stays (Azure drops uncommitted blocks
 * after a week).
 */
public final class AzureBlobStore implements BlobStore {
    private static final String REFUSES = "refuses the key or identity of this process";

    /** What is held in memory of a stream; 50,000 blocks make up the largest blob, of 195 GiB. */
    private static final int BLOCK_BYTES = 4 * 1024 * 1024;

    private final BlobContainerClient container;
    private final String account;
    private volatile boolean made;

    /**
     * Makes the container when it is missing; an account that cannot be reached yet is prepared by the first request that
     * reaches it.
     *
     * @param credentials used only where the account has no connection string
     * @throws IllegalArgumentException when the account's connection string cannot be used, or the account refuses us
     */
    public AzureBlobStore(AzureAccount account, AzureBlobSettings settings, AzureCredentials credentials) {
        this.account = account.shown();
        this.container = container(account, settings, credentials);
        try {
            prepare();
        } catch (BlobStorageException refused) {
            if (refused.getStatusCode() == 401 || refused.getStatusCode() == 403) {
                throw new IllegalArgumentException(
                        "The blob service of " + this.account + " refuses the key or identity of this process.",
                        refused);
            }
        } catch (RuntimeException away) {
            made = false;
        }
    }

    /** Why this process cannot read blobs of the account, found out without making a container; one sentence for people. */
    public static Optional<String> inspect(
            AzureAccount account, AzureBlobSettings settings, AzureCredentials credentials) {
        String service = "The blob service of " + account.shown();
        try {
            boolean _ = container(account, settings, credentials).exists();
            return Optional.empty();
        } catch (BlobStorageException refused) {
            return Optional.of(
                    refused.getStatusCode() == 403 && account.connection() == null
                            ? "The identity may not read the blobs of " + account.shown()
                                    + "; give it the role Storage Blob Data Contributor on the account"
                            : service + " refuses the key or identity of this process.");
        } catch (RuntimeException away) {
            return Optional.of(service + " cannot be reached.");
        }
    }

    private static BlobContainerClient container(
            AzureAccount account, AzureBlobSettings settings, AzureCredentials credentials) {
        return AzureBlobService.of(account, credentials).getBlobContainerClient(settings.container());
    }

    @Override
    public void put(String key, byte[] content) {
        BlockBlobClient blob = blob(key);
        run("written to", () -> {
            prepare();
            return blob.upload(BinaryData.fromBytes(content), true);
        });
    }

    @Override
    public void put(String key, InputStream content) throws IOException {
        byte[] first = content.readNBytes(BLOCK_BYTES);
        if (first.length < BLOCK_BYTES) {
            put(key, first);
        } else {
            putInBlocks(blob(key), first, content);
        }
    }

    /** One block at a time, so that memory holds one. */
    private void putInBlocks(BlockBlobClient blob, byte[] first, InputStream content) throws IOException {
        List<String> blocks = new ArrayList<>();
        for (byte[] block = first; block.length > 0; block = content.readNBytes(BLOCK_BYTES)) {
            String id = Base64.getEncoder()
                    .encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            BinaryData data = BinaryData.fromBytes(block);
            run("written to", () -> {
                prepare();
                blob.stageBlock(id, data);
                return id;
            });
            blocks.add(id);
        }
        run("written to", () -> blob.commitBlockList(blocks, true));
    }

    @Override
    public Optional<byte[]> get(String key) {
        BlockBlobClient blob = blob(key);
        return found(() -> blob.downloadContent().toBytes());
    }

    /** Read in ranges of one version: content that is replaced meanwhile ends the reading with an error. */
    @Override
    public Optional<InputStream> open(String key) {
        BlockBlobClient blob = blob(key);
        return found(blob::openInputStream);
    }

    @Override
    public void delete(String key) {
        BlockBlobClient blob = blob(key);
        run("deleted from", blob::deleteIfExists);
    }

    private BlockBlobClient blob(String key) {
        return container.getBlobClient(BlobNames.of(key)).getBlockBlobClient();
    }

    private void prepare() {
        if (!made) {
            container.createIfNotExists();
            made = true;
        }
    }

    private <T> Optional<T> found(Supplier<T> read) {
        return run("read from", () -> {
            try {
                return Optional.of(read.get());
            } catch (BlobStorageException failure) {
                if (BlobErrorCode.BLOB_NOT_FOUND.equals(failure.getErrorCode())) {
                    return Optional.empty();
                }
                throw failure;
            }
        });
    }

    /** The client's message may show an address with a signature: it stays in the cause's type and code. */
    private <T> T run(String doing, Supplier<T> request) {
        try {
            return request.get();
        } catch (BlobStorageException failure) {
            if (BlobErrorCode.CONTAINER_NOT_FOUND.equals(failure.getErrorCode())) {
                made = false;
            }
            boolean refused = failure.getStatusCode() == 401 || failure.getStatusCode() == 403;
            throw unusable(doing, refused ? REFUSES : "answers with " + failure.getErrorCode(), failure);
        } catch (ClientAuthenticationException failure) {
            throw unusable(doing, REFUSES, failure);
        } catch (RuntimeException failure) {
            throw unusable(doing, "cannot be reached", failure);
        }
    }

    private UncheckedIOException unusable(String doing, String why, RuntimeException failure) {
        return new UncheckedIOException(
                "A blob cannot be " + doing + " " + account + ", which " + why, new IOException(why, failure));
    }
}
