package dev.lightning.azurestandin.arm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a path means among the types there are.
 *
 * @param type the innermost that is registered
 * @param id of the resource; the parent's id and the collection for a collection
 * @param name of the resource, unless it is a collection
 * @param rest what follows the resource
 */
record Address(ResourceType type, String id, @Nullable String name, String group, List<String> rest) {
    static Address of(ResourceType type, int depth, ArmPath path) {
        List<String> segments = path.segments();
        boolean collection = segments.size() < 2 * depth;
        int end = Math.min(segments.size(), 2 * depth);
        String group = String.valueOf(path.group());
        StringBuilder id = new StringBuilder("/subscriptions/" + path.subscription());
        if (path.group() != null) {
            id.append("/resourceGroups/").append(group);
        }
        id.append("/providers/").append(type.name(), 0, type.name().indexOf('/'));
        String[] names = type.name().split("/", -1);
        for (int i = 0; i < end; i++) {
            id.append('/').append(i % 2 == 0 ? names[1 + i / 2] : segments.get(i));
        }
        return new Address(
                type,
                id.toString(),
                collection ? null : segments.get(end - 1),
                group,
                List.copyOf(segments.subList(end, segments.size())));
    }

    Resource resource(ObjectNode body) {
        return new Resource(id, type.name(), String.valueOf(name), group, body);
    }

    /** The id of the resource that this one is a part of, for types with two names or more. */
    @Nullable
    String parent() {
        if (type.name().split("/", -1).length < 3) {
            return null;
        }
        String collection = id.substring(0, id.lastIndexOf('/'));
        return name == null ? collection : collection.substring(0, collection.lastIndexOf('/'));
    }
}
