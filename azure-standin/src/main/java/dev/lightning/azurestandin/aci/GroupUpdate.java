package dev.lightning.azurestandin.aci;

import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What Azure lets a user change of a container group that is alive. */
final class GroupUpdate {
    private GroupUpdate() {}

    static void check(Resource existing, JsonNode wanted) {
        if (!fixed(existing.body()).equals(fixed(wanted))) {
            throw new ArmException(
                    400,
                    "InvalidContainerGroupUpdate",
                    "The updates on container group '" + existing.name()
                            + "' are invalid. If you are going to update the os type, restart policy, network profile,"
                            + " CPU, memory or GPU resources for a container group, you must delete it first and then"
                            + " create a new one.");
        }
    }

    private static List<JsonNode> fixed(JsonNode body) {
        JsonNode properties = body.path("properties");
        List<JsonNode> fixed = new ArrayList<>(
                List.of(body.path("location"), properties.path("osType"), properties.path("restartPolicy")));
        fixed.add(properties.path("subnetIds"));
        properties
                .path("containers")
                .forEach(container -> fixed.add(container.path("properties").path("resources")));
        return fixed;
    }
}
