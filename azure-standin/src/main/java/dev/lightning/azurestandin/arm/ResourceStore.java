package dev.lightning.azurestandin.arm;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** All resources there are. */
public final class ResourceStore {
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();

    /** The one with this id, however it is spelled. */
    public Optional<Resource> find(String id) {
        return Optional.ofNullable(resources.get(ArmPath.key(id)));
    }

    /** All of them in the order of their ids. */
    public List<Resource> all() {
        return resources.values().stream()
                .sorted(Comparator.comparing(resource -> ArmPath.key(resource.id())))
                .toList();
    }

    /** Those of a type. */
    public List<Resource> ofType(String type) {
        return all().stream()
                .filter(resource -> resource.type().equalsIgnoreCase(type))
                .toList();
    }

    /** Those whose ids begin with this one's. */
    public List<Resource> below(String id) {
        String prefix = ArmPath.key(id) + "/";
        return all().stream()
                .filter(resource -> ArmPath.key(resource.id()).startsWith(prefix))
                .toList();
    }

    /** Puts in something that is ready because what it is a part of is, such as the disk of a machine. */
    public void add(String id, String type, String name, String group, ObjectNode body) {
        Resource part = new Resource(id, type, name, group, body);
        part.enter(ProvisioningState.SUCCEEDED, null);
        put(part);
    }

    /** Takes out something that went without being asked to, such as the disk of a machine that was deleted. */
    public void forget(Resource resource) {
        remove(resource);
    }

    void put(Resource resource) {
        resources.put(ArmPath.key(resource.id()), resource);
    }

    void remove(Resource resource) {
        resources.remove(ArmPath.key(resource.id()), resource);
    }
}
