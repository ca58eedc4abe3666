package dev.lightning.providers.runtime.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.BillingProfile;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.ManagedDiskParameters;
import com.azure.resourcemanager.compute.models.NetworkApiVersion;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.PublicIpAddressSku;
import com.azure.resourcemanager.compute.models.PublicIpAddressSkuName;
import com.azure.resourcemanager.compute.models.PublicIpAllocationMethod;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageAccountTypes;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineEvictionPolicyTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceIpConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.compute.models.VirtualMachinePublicIpAddressConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import dev.lightning.providers.runtime.RunRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Words the order of a machine: all that belongs to it is made with it, carries its tags, and goes with it. */
final class MachineOrder {
    /** Whatever the spot price, never more than the machine's own. */
    private static final double NO_LIMIT = -1;

    private final VmRuntimeSettings settings;

    MachineOrder(VmRuntimeSettings settings) {
        this.settings = settings;
    }

    VirtualMachineInner of(String name, Place place, RunRequest request, Map<String, String> tags, String boot) {
        String image = Objects.requireNonNullElse(request.image(), settings.image());
        VirtualMachineInner machine = new VirtualMachineInner();
        machine.withLocation(place.location()).withTags(tags);
        machine.withHardwareProfile(new HardwareProfile().withVmSize(VirtualMachineSizeTypes.fromString(place.size())))
                .withStorageProfile(new StorageProfile()
                        .withImageReference(MachineImage.reference(image))
                        .withOsDisk(disk(name)))
                .withOsProfile(person(name, boot))
                .withNetworkProfile(new NetworkProfile()
                        .withNetworkApiVersion(NetworkApiVersion.TWO_ZERO_TWO_ZERO_ONE_ONE_ZERO_ONE)
                        .withNetworkInterfaceConfigurations(List.of(card(name, place, tags))));
        if (request.machine().spot()) {
            machine.withPriority(VirtualMachinePriorityTypes.SPOT)
                    .withEvictionPolicy(VirtualMachineEvictionPolicyTypes.DEALLOCATE)
                    .withBillingProfile(new BillingProfile().withMaxPrice(NO_LIMIT));
        }
        return machine;
    }

    static String diskName(String name) {
        return name + "-disk";
    }

    private static OSDisk disk(String name) {
        return new OSDisk()
                .withName(diskName(name))
                .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                .withManagedDisk(
                        new ManagedDiskParameters().withStorageAccountType(StorageAccountTypes.STANDARD_SSD_LRS))
                .withDeleteOption(DiskDeleteOptionTypes.DELETE);
    }

    private OSProfile person(String name, String boot) {
        return new OSProfile()
                .withComputerName(name)
                .withAdminUsername(settings.adminUser())
                .withCustomData(Base64.getEncoder().encodeToString(boot.getBytes(UTF_8)))
                .withLinuxConfiguration(new LinuxConfiguration()
                        .withDisablePasswordAuthentication(true)
                        .withSsh(new SshConfiguration()
                                .withPublicKeys(List.of(new SshPublicKey()
                                        .withPath("/home/" + settings.adminUser() + "/.ssh/authorized_keys")
                                        .withKeyData(ThrowAwayKey.publicHalf())))));
    }

    private VirtualMachineNetworkInterfaceConfiguration card(String name, Place place, Map<String, String> tags) {
        VirtualMachineNetworkInterfaceIpConfiguration address = new VirtualMachineNetworkInterfaceIpConfiguration()
                .withName("address")
                .withPrimary(true)
                .withSubnet(new SubResource().withId(place.subnet()));
        if (settings.publicIp()) {
            address.withPublicIpAddressConfiguration(new VirtualMachinePublicIpAddressConfiguration()
                    .withName(name + "-address")
                    .withSku(new PublicIpAddressSku().withName(PublicIpAddressSkuName.STANDARD))
                    .withPublicIpAllocationMethod(PublicIpAllocationMethod.STATIC)
                    .withTags(tags)
                    .withDeleteOption(DeleteOptions.DELETE));
        }
        return new VirtualMachineNetworkInterfaceConfiguration()
                .withName(name + "-card")
                .withPrimary(true)
                .withTags(tags)
                .withDeleteOption(DeleteOptions.DELETE)
                .withIpConfigurations(List.of(address));
    }
}
