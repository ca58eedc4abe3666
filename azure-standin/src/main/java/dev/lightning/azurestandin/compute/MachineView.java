package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.arm.ProvisioningState;
import dev.lightning.azurestandin.arm.Resource;
import dev.lightning.azurestandin.compute.Machine.Power;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows machines as Azure does: with the ids of their parts, and without what they were given as secrets. */
final class MachineView {
    private MachineView() {}

    static void show(Resource resource, ObjectNode view, List<Resource> parts) {
        ObjectNode about = Json.child(view, "properties");
        about.put(
                        "vmId",
                        java.util
                                .UUID
                                .nameUUIDFromBytes(resource.id().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString())
                .put("timeCreated", resource.createdAt().toString());
        ObjectNode person = Json.child(about, "osProfile");
        person.remove(List.of("customData", "adminPassword", "secrets"));
        ObjectNode network = Json.child(about, "networkProfile");
        network.remove(List.of("networkInterfaceConfigurations", "networkApiVersion"));
        ArrayNode cards = network.putArray("networkInterfaces");
        for (Resource part : parts) {
            if (part.type().equals(PartType.CARDS)) {
                cards.addObject().put("id", part.id()).putObject("properties").put("primary", true);
            }
            if (part.type().equals(PartType.DISKS)) {
                ObjectNode disk = Json.child(Json.child(about, "storageProfile"), "osDisk");
                disk.put("name", part.name());
                Json.child(disk, "managedDisk").put("id", part.id());
            }
        }
    }

    static ObjectNode instanceView(Resource resource, @Nullable Power power) {
        ObjectNode view = Json.object();
        ArrayNode statuses = view.putArray("statuses");
        ArmException failure = resource.failure();
        String state = "ProvisioningState/" + resource.state().wire().toLowerCase(Locale.ROOT);
        ObjectNode provisioning = status(statuses, failure == null ? state : state + "/" + failure.code());
        if (failure != null) {
            provisioning.put("level", "Error").put("message", failure.getMessage());
        }
        if (power != null && resource.state() != ProvisioningState.CREATING) {
            status(statuses, "PowerState/" + power.wire());
        }
        return view;
    }

    private static ObjectNode status(ArrayNode statuses, String code) {
        return statuses.addObject()
                .put("code", code)
                .put("level", "Info")
                .put("displayStatus", code.substring(code.indexOf('/') + 1))
                .put("time", Instant.now().toString());
    }
}
