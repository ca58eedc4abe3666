package dev.lightning.azurestandin.arm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where something is in Azure, which ignores case in all of it.
 *
 * @param group a resource group, unless the path is about the whole subscription
 * @param namespace as {@code Microsoft.Compute}, unless the path is about no resource
 * @param segments what follows the namespace, or the group where there is none
 */
public record ArmPath(
        @Nullable String subscription,
        @Nullable String group,
        @Nullable String namespace,
        List<String> segments) {

    /** Reads a path, or the id of a resource, which is one. */
    public static ArmPath parse(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        String subscription = take(parts, "subscriptions");
        String group = take(parts, "resourceGroups");
        String namespace = take(parts, "providers");
        return new ArmPath(subscription, group, namespace, List.copyOf(parts));
    }

    private static @Nullable String take(List<String> parts, String keyword) {
        if (parts.size() < 2 || !parts.getFirst().equalsIgnoreCase(keyword)) {
            return null;
        }
        parts.removeFirst();
        return parts.removeFirst();
    }

    /** As {@code Microsoft.Compute/virtualMachines/runCommands}: every other segment, up to so many of them. */
    String type(int depth) {
        StringBuilder type = new StringBuilder(String.valueOf(namespace));
        for (int i = 0; i < depth; i++) {
            type.append('/').append(segments.get(2 * i));
        }
        return type.toString();
    }

    /** The type with its action, as faults and tests name what was asked for. */
    String target() {
        if (namespace == null) {
            return segments.isEmpty() ? "resourceGroups" : segments.getFirst();
        }
        if (!segments.isEmpty() && segments.getFirst().equalsIgnoreCase("locations")) {
            return segments.size() > 2 ? segments.get(2) : "locations";
        }
        return type((segments.size() + 1) / 2);
    }

    /** The name of the outermost resource, or nothing for a collection. */
    String name() {
        if (namespace == null) {
            return group == null ? "" : group;
        }
        return segments.size() < 2 ? "" : segments.get(1);
    }

    boolean isCollection() {
        return namespace == null ? group == null : segments.size() == 1;
    }

    /** What two spellings of an id have in common. */
    static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
