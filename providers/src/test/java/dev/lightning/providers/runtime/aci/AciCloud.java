package dev.lightning.providers.runtime.aci;

import dev.lightning.azurestandin.AzureStandIn;
import dev.lightning.azurestandin.StandInSettings;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.testing.AgentImage;
import dev.lightning.providers.testing.Azurite;
import dev.lightning.providers.testing.ContainerEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** All that container groups need of Azure, on this machine: a Resource Manager that really runs them, and a storage account. */
final class AciCloud implements AutoCloseable {
    static final String CONTAINER = "runs";

    private static final Pace BRISK = new Pace(
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20));

    final ContainerEngine engine;
    final Azurite storage;
    final AzureStandIn azure;

    AciCloud() {
        engine = ContainerEngine.start();
        AgentImage.importInto(engine);
        storage = Azurite.start();
        azure = AzureStandIn.start(StandInSettings.quick(engine.host()));
    }

    ArmSettings settings(String... locations) {
        StandInSettings standIn = azure.settings();
        return new ArmSettings(
                standIn.subscription(), standIn.groups().getFirst(), List.of(locations), azure.endpoint(), CONTAINER);
    }

    RunBlobs blobs(String instance) {
        return new RunBlobs(
                AzureAccount.connected("STORAGE_CONNECTION", storage.connection()),
                new AzureCredentials(),
                CONTAINER,
                instance,
                Clock.systemUTC());
    }

    AciRuntime runtime(String instance, String... locations) {
        return new AciRuntime(
                instance,
                settings(locations),
                new AciSettings(AgentImage.NAME, null, null, null),
                blobs(instance),
                new AzureCredentials(),
                Clock.systemUTC(),
                BRISK);
    }

    @Override
    public void close() {
        azure.close();
        storage.close();
        engine.close();
    }
}
