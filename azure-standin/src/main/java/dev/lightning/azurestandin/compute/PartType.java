package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.arm.Resource;
import dev.lightning.azurestandin.arm.ResourceStore;
import dev.lightning.azurestandin.arm.ResourceType;

/** What a machine is made with and may outlive it: a disk, a network card or an address. */
public final class PartType implements ResourceType {
    static final String DISKS = "Microsoft.Compute/disks";
    static final String CARDS = "Microsoft.Network/networkInterfaces";
    static final String ADDRESSES = "Microsoft.Network/publicIPAddresses";

    /** Where a part says what uses it, until nothing does. */
    static final String USED_BY = "standinUsedBy";

    private final String name;
    private final String inUse;
    private final ResourceStore store;

    private PartType(String name, String inUse, ResourceStore store) {
        this.name = name;
        this.inUse = inUse;
        this.store = store;
    }

    /** Managed disks. */
    public static PartType disks(ResourceStore store) {
        return new PartType(DISKS, "OperationNotAllowed", store);
    }

    /** Network cards. */
    public static PartType cards(ResourceStore store) {
        return new PartType(CARDS, "NicInUse", store);
    }

    /** Public addresses. */
    public static PartType addresses(ResourceStore store) {
        return new PartType(ADDRESSES, "PublicIPAddressCannotBeDeleted", store);
    }

    @Override
    public String name() {
        return name;
    }

    /** Azure refuses to remove what is in use, which it no longer is once its machine is gone. */
    @Override
    public void checkDeletion(Resource resource) {
        String user = Json.text(resource.properties(), USED_BY);
        if (!user.isEmpty() && store.find(user).isPresent()) {
            throw new ArmException(
                    409, inUse, "The resource " + resource.name() + " cannot be deleted because " + user + " uses it.");
        }
    }
}
