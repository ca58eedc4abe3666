package dev.lightning.azurestandin.aci;

import dev.lightning.azurestandin.arm.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells of a group what Azure tells: no secret value and no password, and how it is only to who asks for one. */
final class GroupView {
    private GroupView() {}

    static void show(ObjectNode view, Optional<GroupRun> run, boolean detailed) {
        ObjectNode properties = Json.child(view, "properties");
        withhold(properties);
        if (properties.get("ipAddress") instanceof ObjectNode address) {
            address.put("ip", "127.0.0.1");
        }
        if (!detailed) {
            return;
        }
        properties
                .putObject("instanceView")
                .put("state", run.map(GroupRun::state).orElse("Pending"))
                .putArray("events");
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : properties.path(list)) {
                run.flatMap(running -> running.find(Json.text(container, "name")))
                        .ifPresent(found -> Json.child((ObjectNode) container, "properties")
                                .set("instanceView", found.instanceView()));
            }
        }
    }

    private static void withhold(ObjectNode properties) {
        for (JsonNode registry : properties.path("imageRegistryCredentials")) {
            ((ObjectNode) registry).remove("password");
        }
        for (JsonNode volume : properties.path("volumes")) {
            if (volume.has("secret")) {
                ((ObjectNode) volume).putObject("secret");
            }
        }
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : properties.path(list)) {
                for (JsonNode variable : container.path("properties").path("environmentVariables")) {
                    ((ObjectNode) variable).remove("secureValue");
                }
            }
        }
    }
}
