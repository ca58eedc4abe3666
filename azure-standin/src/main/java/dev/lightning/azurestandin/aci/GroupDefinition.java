package dev.lightning.azurestandin.aci;

import com.github.dockerjava.api.model.AuthConfig;
import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A container group as its user describes it, read and checked.
 *
 * @param secrets the files of the secret volumes by the names of these; a volume that is not among them is an emptyDir
 */
record GroupDefinition(
        RestartPolicy restartPolicy,
        List<ContainerDefinition> initContainers,
        List<ContainerDefinition> containers,
        List<String> volumes,
        Map<String, Map<String, byte[]>> secrets,
        Map<String, AuthConfig> registries) {
    private static final double GIGA = 1024.0 * 1024 * 1024;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /** When a container is run again. */
    enum RestartPolicy {
        ALWAYS,
        ON_FAILURE,
        NEVER;

        static RestartPolicy of(String wire) {
            return switch (wire) {
                case "", "Always" -> ALWAYS;
                case "OnFailure" -> ON_FAILURE;
                case "Never" -> NEVER;
                default -> throw refused("InvalidRestartPolicy", "The restart policy '" + wire + "' is not supported.");
            };
        }
    }

    /**
     * One container of it.
     *
     * @param mounts names of volumes by path
     * @param memoryBytes its limit; 0 for all that the group has
     */
    record ContainerDefinition(
            String name,
            String image,
            List<String> command,
            Map<String, String> environment,
            Map<String, String> mounts,
            double cpus,
            long memoryBytes) {}

    static GroupDefinition read(String name, JsonNode properties) {
        if (!name.matches(LABEL)) {
            throw refused("InvalidContainerGroupName", "The container group name '" + name + "' is invalid.");
        }
        if (!Json.text(properties, "osType").equalsIgnoreCase("Linux")) {
            throw refused("InvalidOsType", "The osType of container group '" + name + "' has to be 'Linux' here.");
        }
        if (properties.path("containers").isEmpty()) {
            throw refused(
                    "InvalidRequestContent", "The container group '" + name + "' must have at least one container.");
        }
        List<String> volumes = new ArrayList<>();
        Map<String, Map<String, byte[]>> secrets = new LinkedHashMap<>();
        for (JsonNode volume : properties.path("volumes")) {
            readVolume(volume, volumes, secrets);
        }
        Resources whole = Resources.ofGroup(properties);
        GroupDefinition definition = new GroupDefinition(
                RestartPolicy.of(Json.text(properties, "restartPolicy")),
                containers(properties.path("initContainers"), whole, false),
                containers(properties.path("containers"), whole, true),
                volumes,
                secrets,
                registries(properties));
        definition.checkMounts();
        return definition;
    }

    Stream<ContainerDefinition> all() {
        return Stream.concat(initContainers.stream(), containers.stream());
    }

    /** The credentials for an image, where its registry has some. */
    @Nullable
    AuthConfig credentials(String image) {
        return registries.get(image.split("/", -1)[0]);
    }

    private record Resources(double cpus, double gigabytes) {
        static Resources ofGroup(JsonNode properties) {
            double cpus = 0;
            double gigabytes = 0;
            for (JsonNode container : properties.path("containers")) {
                JsonNode requests =
                        container.path("properties").path("resources").path("requests");
                cpus += requests.path("cpu").asDouble(0);
                gigabytes += requests.path("memoryInGB").asDouble(0);
            }
            return new Resources(cpus, gigabytes);
        }
    }

    private static void readVolume(JsonNode volume, List<String> names, Map<String, Map<String, byte[]>> secrets) {
        String name = Json.text(volume, "name");
        if (volume.has("azureFile") || volume.has("gitRepo")) {
            throw refused("NotSupportedByStandIn", "The stand-in has emptyDir and secret volumes only.");
        }
        names.add(name);
        if (volume.path("secret").isObject()) {
            Map<String, byte[]> files = new LinkedHashMap<>();
            volume.path("secret").properties().forEach(file -> files.put(file.getKey(), decoded(file.getValue())));
            secrets.put(name, files);
        }
    }

    private static byte[] decoded(JsonNode base64) {
        try {
            return Base64.getDecoder().decode(base64.asString(""));
        } catch (IllegalArgumentException e) {
            throw refused("InvalidSecretVolume", "The values of a secret volume have to be in Base64.");
        }
    }

    private static List<ContainerDefinition> containers(JsonNode list, Resources whole, boolean needResources) {
        List<ContainerDefinition> containers = new ArrayList<>();
        for (JsonNode container : list) {
            containers.add(container(Json.text(container, "name"), container.path("properties"), whole, needResources));
        }
        return containers;
    }

    private static ContainerDefinition container(String name, JsonNode about, Resources whole, boolean needResources) {
        JsonNode requests = about.path("resources").path("requests");
        JsonNode limits = about.path("resources").path("limits");
        boolean complete = requests.path("cpu").asDouble(0) > 0
                && requests.path("memoryInGB").asDouble(0) > 0;
        if (!name.matches(LABEL)) {
            throw refused("InvalidContainerName", "The container name '" + name + "' is invalid.");
        }
        if (Json.text(about, "image").isEmpty()) {
            throw refused("InvalidRequestContent", "The container '" + name + "' must have an image.");
        }
        if (needResources && !complete) {
            throw refused(
                    "ResourceRequestsNotSpecified",
                    "The resource requests are not specified in container '" + name + "'.");
        }
        List<String> command = new ArrayList<>();
        about.path("command").forEach(word -> command.add(word.asString("")));
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : about.path("environmentVariables")) {
            String value = variable.path("value").asString(Json.text(variable, "secureValue"));
            environment.put(Json.text(variable, "name"), value);
        }
        Map<String, String> mounts = new LinkedHashMap<>();
        for (JsonNode mount : about.path("volumeMounts")) {
            mounts.put(Json.text(mount, "mountPath"), Json.text(mount, "name"));
        }
        return new ContainerDefinition(
                name,
                Json.text(about, "image"),
                command,
                environment,
                mounts,
                limits.path("cpu").asDouble(whole.cpus()),
                (long) (limits.path("memoryInGB").asDouble(whole.gigabytes()) * GIGA));
    }

    private static Map<String, AuthConfig> registries(JsonNode properties) {
        Map<String, AuthConfig> registries = new LinkedHashMap<>();
        for (JsonNode registry : properties.path("imageRegistryCredentials")) {
            if (!Json.text(registry, "password").isEmpty()) {
                registries.put(
                        Json.text(registry, "server"),
                        new AuthConfig()
                                .withRegistryAddress(Json.text(registry, "server"))
                                .withUsername(Json.text(registry, "username"))
                                .withPassword(Json.text(registry, "password")));
            }
        }
        return registries;
    }

    private void checkMounts() {
        long names = all().map(ContainerDefinition::name).distinct().count();
        if (names != all().count()) {
            throw refused("DuplicateContainerName", "The names of the containers of a group have to differ.");
        }
        all().flatMap(container -> container.mounts().values().stream())
                .filter(volume -> !volumes.contains(volume))
                .findFirst()
                .ifPresent(volume -> {
                    throw refused("VolumeNotFound", "The volume '" + volume + "' is mounted but not defined.");
                });
    }

    private static ArmException refused(String code, String message) {
        return new ArmException(400, code, message);
    }
}
