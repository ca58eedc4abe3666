package dev.lightning.providers.blobs.azure;

import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.BlobStoreContract;
import java.util.Objects;
import java.util.UUID;

/**
 * The contract against a storage account of one's own: run by its name only (docs/azure.md), with
 * {@code AZURE_TEST_CONNECTION}. It leaves containers behind whose names begin with {@code test}.
 */
final class RealAccountBlobs extends BlobStoreContract {
    @Override
    protected BlobStore emptyStore() {
        String connection = Objects.requireNonNull(System.getenv("AZURE_TEST_CONNECTION"), "AZURE_TEST_CONNECTION");
        return new AzureBlobStore(
                AzureAccount.connected("AZURE_TEST_CONNECTION", connection),
                new AzureBlobSettings("test" + UUID.randomUUID()),
                new AzureCredentials());
    }
}
