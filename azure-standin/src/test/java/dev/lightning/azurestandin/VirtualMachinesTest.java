package dev.lightning.azurestandin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.management.SubResource;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.ImageReference;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.NetworkApiVersion;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineEvictionPolicyTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceIpConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.compute.models.VirtualMachinePublicIpAddressConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualMachinesTest {
    private static final String MACHINES = "Microsoft.Compute/virtualMachines";
    private static final Map<String, String> TAGS = Map.of("lightning-run", "one");

    private AzureStandIn standIn = AzureStandIn.start(StandInSettings.quick(null));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void a_machine_comes_with_its_parts_and_takes_them_along() {
        machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"));

        assertThat(types())
                .containsExactlyInAnyOrder(
                        MACHINES,
                        "Microsoft.Compute/disks",
                        "Microsoft.Network/networkInterfaces",
                        "Microsoft.Network/publicIPAddresses");
        assertThat(standIn.resources())
                .allSatisfy(resource -> assertThat(resource.tags()).isEqualTo(TAGS));
        VirtualMachineInner seen = see("one");
        assertThat(codes(seen)).containsExactly("ProvisioningState/succeeded", "PowerState/running");
        assertThat(seen.osProfile().customData()).isNull();
        assertThat(seen.networkProfile().networkInterfaces()).hasSize(1);
        assertThat(seen.storageProfile().osDisk().managedDisk().id()).contains("/disks/");

        machines().delete(Sdk.GROUP, "one");

        assertThat(standIn.resources()).isEmpty();
    }

    @Test
    void a_deletion_that_breaks_off_leaves_the_parts() {
        machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"));
        standIn.faults().add(Fault.on("DELETE", MACHINES, new Effect.HalfDeletion()));

        assertThatThrownBy(() -> machines().delete(Sdk.GROUP, "one")).isInstanceOf(ManagementException.class);

        assertThat(types()).hasSize(3).doesNotContain(MACHINES);
        assertThat(compute().serviceClient().getDisks().listByResourceGroup(Sdk.GROUP))
                .singleElement()
                .satisfies(disk -> {
                    compute().serviceClient().getDisks().delete(Sdk.GROUP, disk.name());
                    assertThat(types()).hasSize(2);
                });
    }

    @Test
    void the_disk_of_a_machine_stays_as_long_as_the_machine() {
        machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"));

        assertThatThrownBy(() -> compute().serviceClient().getDisks().delete(Sdk.GROUP, "one-disk"))
                .isInstanceOf(ManagementException.class);
    }

    @Test
    void a_deletion_ends_a_creation_that_is_under_way_and_nothing_comes_after_it() throws Exception {
        standIn.faults().add(Fault.on("PUT", MACHINES, new Effect.SlowProvisioning(5)));
        String operation = machines()
                .createOrUpdateWithResponseAsync(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"), null, null)
                .block()
                .getHeaders()
                .getValue(HttpHeaderName.fromString("Azure-AsyncOperation"));

        machines().deleteWithResponseAsync(Sdk.GROUP, "one", null).block();
        Awaitility.await().until(() -> standIn.resources().isEmpty());

        Awaitility.await().until(() -> get(operation).contains("OperationPreempted"));
        assertThat(standIn.resources()).isEmpty();
    }

    @Test
    void a_machine_that_is_made_meanwhile_is_not_touched_by_the_creation_of_its_forerunner() {
        standIn.faults().add(Fault.on("PUT", MACHINES, new Effect.SlowProvisioning(1)));
        machines()
                .createOrUpdateWithResponseAsync(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"), null, null)
                .block();
        machines().deleteWithResponseAsync(Sdk.GROUP, "one", null).block();
        Awaitility.await().until(() -> standIn.resources().isEmpty());

        machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"));

        assertThat(standIn.resources()).hasSize(4);
    }

    private static String get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void spot_machines_are_taken_away_as_their_policy_says() {
        VirtualMachineInner kept = spot(VirtualMachineEvictionPolicyTypes.DEALLOCATE);
        machines().createOrUpdate(Sdk.GROUP, "kept", kept);
        machines().createOrUpdate(Sdk.GROUP, "gone", spot(VirtualMachineEvictionPolicyTypes.DELETE));

        machines().simulateEviction(Sdk.GROUP, "kept");
        standIn.evict(id("gone"));

        assertThat(codes(see("kept"))).contains("PowerState/deallocated");
        assertThat(standIn.resources())
                .filteredOn(resource -> resource.type().equals(MACHINES))
                .hasSize(1);
        machines().start(Sdk.GROUP, "kept");
        assertThat(codes(see("kept"))).contains("PowerState/running");
    }

    @Test
    void a_failed_order_says_why() {
        standIn.faults().add(Fault.on("PUT", MACHINES, new Effect.FailedProvisioning("AllocationFailed", "No room.")));

        assertThatThrownBy(() -> machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue")))
                .isInstanceOf(ManagementException.class);

        assertThat(codes(see("one"))).contains("ProvisioningState/failed/AllocationFailed");
    }

    @Test
    void what_azure_refuses_is_refused() {
        assertThatThrownBy(() ->
                        machines().createOrUpdate(Sdk.GROUP, "one", machine("").withOsProfile(null)))
                .isInstanceOf(ManagementException.class);
        machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\ntrue"));
        assertThatThrownBy(() -> machines().createOrUpdate(Sdk.GROUP, "one", machine("#!/bin/sh\nfalse")))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        refused -> assertThat(refused.getValue().getCode()).isEqualTo("PropertyChangeNotAllowed"));
    }

    @Test
    void a_machine_really_boots_and_keeps_its_files_over_a_reboot() throws Exception {
        standIn.close();
        standIn = AzureStandIn.start(StandInSettings.quick(TestEngine.host()).machines(TestEngine.IMAGE));

        machines().createOrUpdate(Sdk.GROUP, "one", machine("""
                #cloud-config
                write_files:
                  - path: /opt/hello.sh
                    permissions: "0755"
                    content: |
                      #!/bin/sh
                      echo booted >>/opt/boots
                runcmd:
                  - [cp, /opt/hello.sh, /var/lib/cloud/scripts/per-boot/hello]
                  - /opt/hello.sh
                """));
        machines().restart(Sdk.GROUP, "one");

        TestEngine.await().untilAsserted(() -> assertThat(boots()).isEqualTo("booted\nbooted\n"));
        machines().delete(Sdk.GROUP, "one");
        assertThat(standIn.leftovers()).isEmpty();
    }

    private String boots() throws Exception {
        Process reading = new ProcessBuilder(
                        "podman",
                        "--url",
                        TestEngine.host(),
                        "exec",
                        standIn.leftovers().getFirst(),
                        "cat",
                        "/opt/boots")
                .redirectOutput(folder.resolve("boots").toFile())
                .start();
        reading.waitFor();
        return Files.readString(folder.resolve("boots"));
    }

    private List<String> types() {
        return standIn.resources().stream().map(ResourceSummary::type).toList();
    }

    private VirtualMachineInner see(String name) {
        return machines()
                .getByResourceGroupWithResponse(Sdk.GROUP, name, InstanceViewTypes.INSTANCE_VIEW, Context.NONE)
                .getValue();
    }

    private static List<String> codes(VirtualMachineInner machine) {
        return machine.instanceView().statuses().stream()
                .map(InstanceViewStatus::code)
                .toList();
    }

    private String id(String name) {
        return "/subscriptions/" + standIn.settings().subscription() + "/resourceGroups/" + Sdk.GROUP + "/providers/"
                + MACHINES + "/" + name;
    }

    private VirtualMachinesClient machines() {
        return compute().serviceClient().getVirtualMachines();
    }

    private ComputeManager compute() {
        return ComputeManager.authenticate(Sdk.pipeline(), Sdk.profile(standIn));
    }

    private static VirtualMachineInner spot(VirtualMachineEvictionPolicyTypes policy) {
        return machine("#!/bin/sh\ntrue")
                .withPriority(VirtualMachinePriorityTypes.SPOT)
                .withEvictionPolicy(policy);
    }

    private static VirtualMachineInner machine(String customData) {
        VirtualMachineInner machine = new VirtualMachineInner();
        machine.withLocation("westeurope").withTags(TAGS);
        return machine.withHardwareProfile(new HardwareProfile().withVmSize(VirtualMachineSizeTypes.STANDARD_D2S_V3))
                .withStorageProfile(new StorageProfile()
                        .withImageReference(new ImageReference()
                                .withPublisher("Debian")
                                .withOffer("debian-12")
                                .withSku("12-gen2")
                                .withVersion("latest"))
                        .withOsDisk(new OSDisk()
                                .withName("one-disk")
                                .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                                .withDeleteOption(DiskDeleteOptionTypes.DELETE)))
                .withOsProfile(new OSProfile()
                        .withComputerName("one")
                        .withAdminUsername("someone")
                        .withCustomData(Base64.getEncoder().encodeToString(customData.getBytes(UTF_8)))
                        .withLinuxConfiguration(new LinuxConfiguration()
                                .withDisablePasswordAuthentication(true)
                                .withSsh(new SshConfiguration()
                                        .withPublicKeys(List.of(new SshPublicKey()
                                                .withPath("/home/someone/.ssh/authorized_keys")
                                                .withKeyData("ssh-ed25519 AAAA"))))))
                .withNetworkProfile(new NetworkProfile()
                        .withNetworkApiVersion(NetworkApiVersion.TWO_ZERO_TWO_ZERO_ONE_ONE_ZERO_ONE)
                        .withNetworkInterfaceConfigurations(List.of(card())));
    }

    private static VirtualMachineNetworkInterfaceConfiguration card() {
        return new VirtualMachineNetworkInterfaceConfiguration()
                .withName("card")
                .withTags(TAGS)
                .withDeleteOption(DeleteOptions.DELETE)
                .withIpConfigurations(List.of(new VirtualMachineNetworkInterfaceIpConfiguration()
                        .withName("address")
                        .withSubnet(new SubResource().withId("/subnets/default"))
                        .withPublicIpAddressConfiguration(new VirtualMachinePublicIpAddressConfiguration()
                                .withName("public")
                                .withTags(TAGS)
                                .withDeleteOption(DeleteOptions.DELETE))));
    }
}
