package dev.lightning.providers.storage.azuretables;

import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.storage.DurableEntityStoreContract;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.testing.Azurite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class AzureTablesEntityStoreTest extends DurableEntityStoreContract {
    private static Azurite azurite;
    private String prefix;

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
    protected EntityStore emptyStore() {
        prefix = Azurite.newName();
        return sameData();
    }

    @Override
    protected EntityStore sameData() {
        return open(azurite.connection());
    }

    private EntityStore open(String connection) {
        return new AzureTablesEntityStore(
                AzureAccount.connected("STORAGE_CONNECTION", connection),
                new AzureTablesSettings(null, null, null, prefix),
                new AzureCredentials());
    }
}
