package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.arm.Resource;
import dev.lightning.azurestandin.arm.ResourceStore;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a machine's disk, cards and addresses as its definition says, and removes or leaves them as it says, too. */
final class Parts {
    private static final String DELETE = "Delete";
    private static final String OPTION = "deleteOption";

    private final ResourceStore store;

    Parts(ResourceStore store) {
        this.store = store;
    }

    /** Those of a machine. */
    List<Resource> of(Resource machine) {
        return store.all().stream()
                .filter(part -> Json.text(part.properties(), PartType.USED_BY).equals(machine.id()))
                .toList();
    }

    void make(Resource machine) {
        if (!of(machine).isEmpty()) {
            return;
        }
        JsonNode osDisk = machine.properties().path("storageProfile").path("osDisk");
        String disk = Json.text(osDisk, "name");
        add(
                machine,
                PartType.DISKS,
                disk.isEmpty() ? machine.name() + "_OsDisk_1_" + hex() : disk,
                osDisk,
                machine.body().path("tags"));
        for (JsonNode card : machine.properties().path("networkProfile").path("networkInterfaceConfigurations")) {
            JsonNode about = card.path("properties");
            add(machine, PartType.CARDS, Json.text(card, "name") + "-" + hex(), about, card.path("tags"));
            for (JsonNode address : about.path("ipConfigurations")) {
                JsonNode wanted = address.path("properties").path("publicIPAddressConfiguration");
                if (wanted.isObject()) {
                    String name = Json.text(wanted, "name") + "-" + hex();
                    add(machine, PartType.ADDRESSES, name, wanted.path("properties"), wanted.path("tags"));
                }
            }
        }
    }

    private void add(Resource machine, String type, String name, JsonNode about, JsonNode tags) {
        ObjectNode body = Json.object().put("location", machine.location());
        if (tags.isObject()) {
            body.set("tags", tags.deepCopy());
        }
        Json.child(body, "properties").put(PartType.USED_BY, machine.id()).put(OPTION, Json.text(about, OPTION));
        int end = machine.id().indexOf("/providers/");
        store.add(
                machine.id().substring(0, end) + "/providers/" + type + "/" + name, type, name, machine.group(), body);
    }

    /** What goes with the machine goes, what does not becomes free. */
    void releaseAll(Resource machine) {
        for (Resource part : of(machine)) {
            if (Json.text(part.properties(), OPTION).equalsIgnoreCase(DELETE)) {
                store.forget(part);
            } else {
                release(part);
            }
        }
    }

    /** All of them stay without a machine, which is what a deletion that breaks off leaves. */
    void leaveAll(Resource machine) {
        of(machine).forEach(Parts::release);
    }

    private static void release(Resource part) {
        part.properties().remove(PartType.USED_BY);
    }

    private static String hex() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
