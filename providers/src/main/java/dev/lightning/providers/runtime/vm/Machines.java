package dev.lightning.providers.runtime.vm;

import com.azure.core.http.HttpPipeline;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.implementation.ComputeManagementClientBuilder;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import dev.lightning.providers.runtime.azure.ArmCalls;
import dev.lightning.providers.runtime.azure.ArmOperations;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunOrder;
import dev.lightning.providers.runtime.azure.RunTags;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machines of this instance, each asked for by the name of its run; no request waits for the end of what it begins. */
final class Machines {
    private static final Logger log = LoggerFactory.getLogger(Machines.class);
    private static final String ONLY_NEW = "*";

    private final VirtualMachinesClient machines;
    private final String group;
    private final String instance;
    private final ArmCalls calls;
    private final ArmOperations operations;

    Machines(ArmSettings settings, HttpPipeline pipeline, String instance, ArmCalls calls, ArmOperations operations) {
        this.machines = new ComputeManagementClientBuilder()
                .pipeline(pipeline)
                .endpoint(settings.endpoint())
                .subscriptionId(settings.subscriptionId())
                .buildClient()
                .getVirtualMachines();
        this.group = settings.resourceGroup();
        this.instance = instance;
        this.calls = calls;
        this.operations = operations;
    }

    /** The one of this name, if it is ours. */
    Optional<MachineState> find(String name) {
        return calls.find(() ->
                        machines.getByResourceGroupWithResponseAsync(group, name, InstanceViewTypes.INSTANCE_VIEW))
                .filter(machine -> RunTags.isOf(instance, machine.tags()))
                .map(MachineState::of);
    }

    /**
     * Orders it; throws {@link ArmRefusal}.
     *
     * @return where Azure says how far it has come
     */
    Optional<String> order(String name, VirtualMachineInner machine) {
        return calls.begin(() -> machines.createOrUpdateWithResponseAsync(group, name, machine, null, ONLY_NEW));
    }

    /** Whether what was ordered may still be being made, though the machine is not there (any more). */
    boolean isBeingMade(RunOrder order) {
        return operations.isUnderWay(order.operation());
    }

    /** Begins its deletion, and that of all that goes with it; one that is busy has to be asked again. */
    void delete(String name) {
        try {
            boolean _ = calls.beginIfThere(() -> machines.deleteWithResponseAsync(group, name, null));
            log.info("event=machine.removing run={}", name);
        } catch (ArmRefusal refusal) {
            if (refusal.kind() != ArmRefusal.Kind.BUSY) {
                throw refusal;
            }
            log.info("event=machine.busy run={} reason=\"{}\"", name, refusal.getMessage());
        }
    }

    /** Switches it off without asking it. */
    void switchOff(String name) {
        boolean _ = calls.beginIfThere(() -> machines.powerOffWithResponseAsync(group, name, true));
    }
}
