package dev.lightning.providers.storage.azuretables;

import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.storage.DurableEntityStoreContract;
import dev.lightning.providers.storage.EntityStore;
import java.util.Objects;
import java.util.UUID;

/**
 * The contract against an account of one's own, a storage account's or Cosmos DB's: run by its name only (docs/azure.md),
 * with {@code AZURE_TEST_CONNECTION}. It leaves tables behind whose names begin with {@code test}.
 */
final class RealAccountRows extends DurableEntityStoreContract {
    private String prefix;

    @Override
    protected EntityStore emptyStore() {
        prefix = "test" + UUID.randomUUID().toString().substring(0, 8);
        return sameData();
    }

    @Override
    protected EntityStore sameData() {
        String connection = Objects.requireNonNull(System.getenv("AZURE_TEST_CONNECTION"), "AZURE_TEST_CONNECTION");
        return new AzureTablesEntityStore(
                AzureAccount.connected("AZURE_TEST_CONNECTION", connection),
                new AzureTablesSettings(null, null, null, prefix),
                new AzureCredentials());
    }
}
