package dev.lightning.app;

import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.azure.CosmosSettings;
import dev.lightning.providers.azure.StorageAccountSettings;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.azure.AzureBlobSettings;
import dev.lightning.providers.blobs.azure.AzureBlobStore;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.azuretables.AzureTablesEntityStore;
import dev.lightning.providers.storage.azuretables.AzureTablesSettings;
import java.util.Optional;

/** The stores in Azure, in a class of its own so that a process that keeps nothing there loads no class of Azure's. */
final class AzureStores {
    private final SettingsBinder settings;
    private final AzureCredentials credentials = new AzureCredentials();

    AzureStores(SettingsBinder settings) {
        this.settings = settings;
    }

    EntityStore tables() {
        return rows(account().named());
    }

    EntityStore cosmos() {
        return rows(cosmosAccount());
    }

    BlobStore blobs() {
        return new AzureBlobStore(account().named(), blobSettings(), credentials);
    }

    /** Whether the account lets in this process by its identity and not by a key. */
    boolean needIdentity() {
        return account().named().connection() == null;
    }

    /** Why the account's tables cannot be read; one sentence for people. */
    Optional<String> inspectTables() {
        return AzureTablesEntityStore.inspect(account().named(), credentials);
    }

    /** Why Cosmos DB's tables cannot be read; one sentence for people. */
    Optional<String> inspectCosmos() {
        return AzureTablesEntityStore.inspect(cosmosAccount(), credentials);
    }

    /** Why the account's blobs cannot be read; one sentence for people. */
    Optional<String> inspectBlobs() {
        return AzureBlobStore.inspect(account().named(), blobSettings(), credentials);
    }

    private EntityStore rows(AzureAccount account) {
        return new AzureTablesEntityStore(
                account, settings.bind("lightning.storage.azure-tables", AzureTablesSettings.class), credentials);
    }

    private AzureAccount cosmosAccount() {
        return settings.bind("lightning.azure.cosmos", CosmosSettings.class).named();
    }

    private AzureBlobSettings blobSettings() {
        return settings.bind("lightning.blobs.azure", AzureBlobSettings.class);
    }

    private StorageAccountSettings account() {
        return settings.bind("lightning.azure.storage", StorageAccountSettings.class);
    }
}
