package dev.lightning.providers.runtime.vm;

import dev.lightning.azurestandin.AzureStandIn;
import dev.lightning.azurestandin.ResourceSummary;
import dev.lightning.azurestandin.StandInSettings;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.aci.AciRuntime;
import dev.lightning.providers.runtime.aci.AciSettings;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.testing.Azurite;
import dev.lightning.providers.testing.ContainerEngine;
import dev.lightning.providers.testing.MachineRoot;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** All that machines need of Azure, here: a Resource Manager that boots them as containers, and a storage account. */
final class VmCloud implements AutoCloseable {
    static final String MACHINES = "Microsoft.Compute/virtualMachines";
    static final String CONTAINER = "runs";
    static final List<String> SIZES = List.of("Standard_B2s", "Standard_D2s_v5");

    final ContainerEngine engine = ContainerEngine.start();
    final Azurite storage = Azurite.start();
    final AzureStandIn azure;

    VmCloud() {
        MachineRoot.importInto(engine);
        azure = AzureStandIn.start(StandInSettings.quick(engine.host()).machines(MachineRoot.IMAGE));
    }

    VmRuntime runtime(String instance) {
        return runtime(instance, Clock.systemUTC());
    }

    VmRuntime runtime(String instance, Clock clock) {
        return runtime(instance, clock, null);
    }

    VmRuntime runtime(String instance, Clock clock, Duration warm) {
        // Whoever makes trouble here looks at once what came of it.
        return new VmRuntime(
                instance, arm(), settings(warm), blobs(instance, clock), new AzureCredentials(), clock, Duration.ZERO);
    }

    /** The other runtime of the same instance. */
    AciRuntime groups(String instance) {
        Clock clock = Clock.systemUTC();
        AciSettings settings = new AciSettings(null, null, null, null);
        return new AciRuntime(instance, arm(), settings, blobs(instance, clock), new AzureCredentials(), clock);
    }

    private ArmSettings arm() {
        StandInSettings standIn = azure.settings();
        return new ArmSettings(
                standIn.subscription(),
                standIn.groups().getFirst(),
                List.of("westeurope", "northeurope"),
                azure.endpoint(),
                CONTAINER);
    }

    static VmRuntimeSettings settings(Duration warm) {
        return new VmRuntimeSettings(SIZES, null, List.of(subnet("a"), subnet("b")), true, null, warm);
    }

    RunBlobs blobs(String instance, Clock clock) {
        return new RunBlobs(
                AzureAccount.connected("STORAGE_CONNECTION", storage.connection()),
                new AzureCredentials(),
                CONTAINER,
                instance,
                clock);
    }

    static String subnet(String name) {
        return "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/" + name;
    }

    /** The id of a run's machine. */
    String machine(String run) {
        return "/subscriptions/" + azure.settings().subscription() + "/resourceGroups/"
                + azure.settings().groups().getFirst() + "/providers/" + MACHINES + "/" + run;
    }

    /** Whatever there is in Azure of an instance. */
    List<ResourceSummary> ofInstance(String instance) {
        return azure.resources().stream()
                .filter(resource -> instance.equals(resource.tags().get("lightning-instance")))
                .toList();
    }

    /** Whatever there is in Azure of a run. */
    List<ResourceSummary> of(String run) {
        return azure.resources().stream()
                .filter(resource -> run.equals(resource.tags().get("lightning-run")))
                .toList();
    }

    @Override
    public void close() {
        azure.close();
        storage.close();
        engine.close();
    }

    /** What a run has written to standard output. */
    static String text(VmRuntime runtime, String name) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        runtime.output(name, (channel, piece) -> {
            if (channel == Channel.STDOUT) {
                bytes.writeBytes(piece);
            }
            return true;
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    String get(String path) throws Exception {
        return ask(path, HttpRequest.newBuilder().GET());
    }

    void post(String path) throws Exception {
        String _ = ask(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String ask(String path, HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            request.uri(URI.create(azure.endpoint() + path + "?api-version=2024-07-01"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
