package dev.lightning.providers.runtime.vm;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a machine stands, out of the two stories that Azure tells of it.
 *
 * @param provisioning of the order, for example {@code creating}
 * @param power of the machine, for example {@code running}; null as long as there is none
 * @param failure the code of what made the order fail
 * @param reason the same in words
 * @param tags what was written on it when it was ordered
 */
record MachineState(
        String provisioning, @Nullable String power, String failure, String reason, Map<String, String> tags) {
    private static final String PROVISIONING = "provisioningstate/";
    private static final String POWER = "powerstate/";

    /** What it comes to. */
    enum Stage {
        ORDERED,
        ON,
        OFF,
        TAKEN,
        FAILED,
        GOING
    }

    static MachineState of(VirtualMachineInner machine) {
        List<InstanceViewStatus> statuses =
                machine.instanceView() == null || machine.instanceView().statuses() == null
                        ? List.of()
                        : machine.instanceView().statuses();
        String state = machine.provisioningState() == null ? "" : machine.provisioningState();
        Optional<InstanceViewStatus> failed = statuses.stream()
                .filter(status -> code(status).startsWith(PROVISIONING + "failed/"))
                .findFirst();
        return new MachineState(
                state.toLowerCase(Locale.ROOT),
                statuses.stream()
                        .map(MachineState::code)
                        .filter(code -> code.startsWith(POWER))
                        .map(code -> code.substring(POWER.length()))
                        .findFirst()
                        .orElse(null),
                failed.map(status -> status.code().substring((PROVISIONING + "failed/").length()))
                        .orElse(""),
                failed.map(InstanceViewStatus::message).orElse(""),
                machine.tags() == null ? Map.of() : Map.copyOf(machine.tags()));
    }

    private static String code(InstanceViewStatus status) {
        return status.code() == null ? "" : status.code().toLowerCase(Locale.ROOT);
    }

    Stage stage() {
        if (provisioning.equals("deleting")) {
            return Stage.GOING;
        }
        if (provisioning.equals("failed") && !"running".equals(power)) {
            return Stage.FAILED;
        }
        if (power == null) {
            return Stage.ORDERED;
        }
        return switch (power) {
            case "deallocated", "deallocating" -> Stage.TAKEN;
            case "stopped", "stopping" -> Stage.OFF;
            case "running" -> Stage.ON;
            default -> Stage.ORDERED;
        };
    }
}
