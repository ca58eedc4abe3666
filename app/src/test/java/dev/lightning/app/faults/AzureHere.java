package dev.lightning.app.faults;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import dev.lightning.azurestandin.AzureStandIn;
import dev.lightning.azurestandin.StandInSettings;
import dev.lightning.providers.testing.AgentImage;
import dev.lightning.providers.testing.Azurite;
import dev.lightning.providers.testing.ContainerEngine;
import dev.lightning.providers.testing.MachineRoot;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * All that azure mode needs, on this machine: a storage account, a Temporal server, and a Resource Manager that really
 * runs container groups and machines.
 */
final class AzureHere implements AutoCloseable {
    static final String GROUPS = "Microsoft.ContainerInstance/containerGroups";
    static final String MACHINES = "Microsoft.Compute/virtualMachines";

    private static final String SUBNET =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/";

    final ContainerEngine engine;
    final Azurite storage;
    final SeparateTemporal temporal;
    final AzureStandIn azure;

    /** Where making and deleting something takes at least this long. */
    static AzureHere start(Path folder, Duration making, Duration deleting) throws IOException {
        ContainerEngine engine = ContainerEngine.start();
        AgentImage.importInto(engine);
        MachineRoot.importInto(engine);
        return new AzureHere(
                engine,
                Azurite.start(),
                SeparateTemporal.start(folder),
                AzureStandIn.start(StandInSettings.quick(engine.host())
                        .taking(making, deleting)
                        .machines(MachineRoot.IMAGE)));
    }

    private AzureHere(ContainerEngine engine, Azurite storage, SeparateTemporal temporal, AzureStandIn azure) {
        this.engine = engine;
        this.storage = storage;
        this.temporal = temporal;
        this.azure = azure;
    }

    /** The environment of a product in azure mode: the only thing that differs from a local one. */
    Map<String, String> environment() {
        Map<String, String> settings = new LinkedHashMap<>(orders());
        settings.put("LIGHTNING_MODE", "azure");
        settings.put("TEMPORAL_ADDRESS", temporal.address());
        settings.put("JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef");
        settings.put("TOOL_RUNTIMES", "docker,aci,vm");
        return settings;
    }

    /** What of it says where runs are ordered, and by which account they report. */
    Map<String, String> orders() {
        StandInSettings standIn = azure.settings();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("STORAGE_CONNECTION", storage.connection());
        settings.put("DOCKER_HOST", engine.host());
        settings.put("AZURE_ARM_ENDPOINT", azure.endpoint());
        settings.put("AZURE_SUBSCRIPTION_ID", standIn.subscription());
        settings.put("AZURE_RESOURCE_GROUP", standIn.groups().getFirst());
        settings.put("AZURE_LOCATION", "westeurope,northeurope");
        settings.put("AZURE_AGENT_IMAGE", AgentImage.NAME);
        settings.put("AZURE_VM_SIZES", "Standard_B2s,Standard_D2s_v5");
        settings.put("AZURE_VM_SUBNET_ID", SUBNET + "a," + SUBNET + "b");
        settings.put("AZURE_VM_PUBLIC_IP", "true");
        return settings;
    }

    /** How a definition asks for a container group. */
    static Map<String, Object> group() {
        return Map.of("kind", "aci", "image", ContainerEngine.IMAGE);
    }

    /** The types of all that there is in the subscription. */
    List<String> types() {
        return azure.resources().stream()
                .map(resource -> resource.type().substring(resource.type().indexOf('/') + 1))
                .sorted()
                .toList();
    }

    /** The blobs by which runs are told and tell. */
    List<String> runBlobs() {
        BlobContainerClient runs = new BlobServiceClientBuilder()
                .connectionString(storage.connection())
                .buildClient()
                .getBlobContainerClient("lightning-runs");
        return runs.exists() ? runs.listBlobs().stream().map(BlobItem::getName).toList() : List.of();
    }

    /** Has whatever nobody needs removed now, which happens every ten minutes by itself. */
    void sweep() {
        sweeping().trigger();
    }

    /** From now on nothing is removed but by {@link #sweep()}: the ten minutes may be over at any moment. */
    void sweepOnlyWhenTold() {
        Awaitility.await()
                .ignoreExceptionsInstanceOf(ScheduleException.class)
                .untilAsserted(() -> sweeping().pause("a test says when"));
    }

    private ScheduleHandle sweeping() {
        return ScheduleClient.newInstance(temporal.client().getWorkflowServiceStubs())
                .getHandle("sweep-orphans");
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : Arrays.asList(azure, temporal, storage, engine)) {
            part.close();
        }
    }
}
