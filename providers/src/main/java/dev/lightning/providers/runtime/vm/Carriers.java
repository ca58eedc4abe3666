package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.azure.MachineSlots;
import dev.lightning.providers.runtime.azure.RunBlobs;
import dev.lightning.providers.runtime.azure.RunOrder;
import java.util.Optional;

/** Knows which machine carries a run: the one of its name, or one that serves several and says so. */
final class Carriers {
    private final RunBlobs blobs;
    private final MachineSlots slots;

    Carriers(RunBlobs blobs) {
        this.blobs = blobs;
        this.slots = blobs.slots();
    }

    /** The name of the machine, which may not be there; empty where the one that serves several serves another by now. */
    Optional<String> of(String run) {
        Optional<String> shared = blobs.order(run).map(RunOrder::machine);
        return shared.isEmpty()
                ? Optional.of(run)
                : shared.flatMap(slots::find).filter(slot -> slot.carries(run)).map(slot -> slot.machine());
    }
}
