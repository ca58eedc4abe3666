package dev.lightning.azurestandin.arm;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Shows a resource as Azure does: what its user said, what Azure adds, and no secret. */
final class Views {
    private final String tenant;

    Views(String tenant) {
        this.tenant = tenant;
    }

    ObjectNode of(ResourceType type, Resource resource, boolean detailed) {
        ObjectNode view = resource.body().deepCopy();
        view.put("id", resource.id()).put("name", resource.name()).put("type", resource.type());
        Json.child(view, "properties").put("provisioningState", type.stateName(resource.state()));
        if (view.get("identity") instanceof ObjectNode identity) {
            complete(identity, resource.id());
        }
        type.show(resource, view, detailed);
        return view;
    }

    private void complete(ObjectNode identity, String id) {
        if (Json.text(identity, "type").contains("SystemAssigned")) {
            identity.put("principalId", invented(id)).put("tenantId", tenant);
        }
        identity.path("userAssignedIdentities").properties().forEach(user -> {
            if (identity.path("userAssignedIdentities") instanceof ObjectNode users) {
                users.putObject(user.getKey())
                        .put("principalId", invented(user.getKey()))
                        .put("clientId", invented(user.getKey() + "/client"));
            }
        });
    }

    /** The same id every time for the same thing. */
    private static String invented(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
