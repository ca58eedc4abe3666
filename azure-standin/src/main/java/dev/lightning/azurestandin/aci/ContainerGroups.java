package dev.lightning.azurestandin.aci;

import dev.lightning.azurestandin.arm.Actions;
import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.ArmRequest;
import dev.lightning.azurestandin.arm.ArmResponse;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.arm.ProvisioningState;
import dev.lightning.azurestandin.arm.Resource;
import dev.lightning.azurestandin.arm.ResourceStore;
import dev.lightning.azurestandin.arm.ResourceType;
import dev.lightning.azurestandin.engine.Engine;
import dev.lightning.azurestandin.engine.Images;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Container groups, which run for real where there is an engine and pretend to where there is none. */
public final class ContainerGroups implements ResourceType {
    private static final String NAME = "Microsoft.ContainerInstance/containerGroups";
    private static final Duration LOOK_FOR_IMAGE = Duration.ofSeconds(8);

    private static final List<String> API_VERSIONS = List.of(
            "2021-09-01",
            "2021-10-01",
            "2022-09-01",
            "2022-10-01-preview",
            "2023-05-01",
            "2024-11-01-preview",
            "2025-09-01");

    private final @Nullable Engine engine;
    private final ResourceStore store;
    private final Map<String, GroupRun> runs = new ConcurrentHashMap<>();

    /** Runs them in this engine. */
    public ContainerGroups(@Nullable Engine engine, ResourceStore store) {
        this.engine = engine;
        this.store = store;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> apiVersions() {
        return API_VERSIONS;
    }

    @Override
    public void check(String id, ObjectNode wanted, @Nullable Resource existing) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        if (Json.text(wanted, "location").isEmpty()) {
            throw new ArmException(400, "LocationRequired", "The location property is required for this definition.");
        }
        GroupDefinition definition = GroupDefinition.read(name, wanted.path("properties"));
        if (existing != null && isAlive(existing)) {
            GroupUpdate.check(existing, wanted);
        }
        if (engine != null) {
            lookForImages(name, definition, new Images(engine));
        }
    }

    /** Azure looks before it accepts; what it cannot say quickly it says when the provisioning fails. */
    private static void lookForImages(String name, GroupDefinition definition, Images images) {
        try {
            for (String image : definition
                    .all()
                    .map(GroupDefinition.ContainerDefinition::image)
                    .distinct()
                    .toList()) {
                if (images.fetch(image, definition.credentials(image), LOOK_FOR_IMAGE) == Images.Found.MISSING) {
                    throw GroupRun.inaccessible(name, image);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A group that has ended or was stopped is deployed anew by the same words. */
    @Override
    public boolean isSame(Resource existing, ObjectNode wanted) {
        return isAlive(existing)
                && existing.properties().equals(wanted.path("properties"))
                && existing.body().path("identity").equals(wanted.path("identity"));
    }

    private boolean isAlive(Resource resource) {
        GroupRun run = runs.get(resource.id());
        return run != null && !run.isOver();
    }

    @Override
    public void provision(Resource resource) throws InterruptedException {
        delete(resource);
        GroupRun run = new GroupRun(
                resource.name(), resource.id(), GroupDefinition.read(resource.name(), resource.properties()), engine);
        runs.put(resource.id(), run);
        run.begin();
    }

    @Override
    public void delete(Resource resource) {
        GroupRun run = runs.get(resource.id());
        if (run != null) {
            run.remove();
            runs.remove(resource.id(), run);
        }
    }

    @Override
    public void deleteHalf(Resource resource) {
        GroupRun run = runs.get(resource.id());
        if (run != null) {
            run.removeHalf();
        }
    }

    /** What runs on spot capacity is ended, and the group is what tells of it. */
    @Override
    public void evict(Resource resource) {
        GroupRun run = runs.get(resource.id());
        if (run != null) {
            run.stop();
        }
    }

    @Override
    public boolean canDeleteWhileTransitioning() {
        return false;
    }

    @Override
    public ArmException busy(Resource resource) {
        return new ArmException(
                409,
                "ContainerGroupTransitioning",
                "The container group '" + resource.name() + "' is still transitioning, please retry later.");
    }

    @Override
    public String stateName(ProvisioningState state) {
        return state == ProvisioningState.UPDATING ? "Pending" : state.wire();
    }

    @Override
    public void show(Resource resource, ObjectNode view, boolean detailed) {
        GroupView.show(view, Optional.ofNullable(runs.get(resource.id())), detailed);
    }

    @Override
    public ArmResponse act(Resource resource, ArmRequest request, List<String> rest, Actions actions) {
        String what = request.method() + " " + rest.getLast().toLowerCase(java.util.Locale.ROOT);
        return switch (what) {
            case "POST start" -> actions.accept(request, resource, () -> startAgain(resource), ArmResponse.empty(204));
            case "POST stop" -> {
                actions.accept(request, resource, () -> run(resource).stop(), ArmResponse.empty(204));
                yield ArmResponse.empty(204);
            }
            case "POST restart" -> {
                actions.accept(request, resource, () -> provision(resource), ArmResponse.empty(204));
                yield ArmResponse.empty(204);
            }
            case "GET logs" -> logs(resource, rest, request.query());
            case "GET outboundnetworkdependenciesendpoints" -> ArmResponse.of(200, Json.MAPPER.createArrayNode());
            default -> throw ArmException.noSuchPath(request.method() + " " + request.url());
        };
    }

    private void startAgain(Resource resource) throws InterruptedException {
        if (!isAlive(resource)) {
            provision(resource);
        }
    }

    private ArmResponse logs(Resource resource, List<String> rest, Map<String, String> query) {
        if (rest.size() != 3 || !rest.getFirst().equalsIgnoreCase("containers")) {
            throw ArmException.noSuchPath(String.join("/", rest));
        }
        int tail = Integer.parseInt(query.getOrDefault("tail", "0"));
        boolean timestamps = Boolean.parseBoolean(query.get("timestamps"));
        return ArmResponse.of(200, Json.object().put("content", run(resource).logs(rest.get(1), tail, timestamps)));
    }

    private GroupRun run(Resource resource) {
        GroupRun run = runs.get(resource.id());
        if (run == null) {
            throw busy(resource);
        }
        return run;
    }

    @Override
    public Optional<ArmResponse> elsewhere(ArmRequest request) {
        List<String> segments = request.path().segments();
        if (segments.size() != 3 || !segments.getFirst().equalsIgnoreCase("locations")) {
            return Optional.empty();
        }
        ArrayNode value = Json.MAPPER.createArrayNode();
        JsonNode answer = Json.object().set("value", value);
        switch (segments.get(2).toLowerCase(java.util.Locale.ROOT)) {
            case "usages" ->
                value.addObject()
                        .put("unit", "Count")
                        .put("currentValue", store.ofType(NAME).size())
                        .put("limit", 100)
                        .putObject("name")
                        .put("value", "ContainerGroups")
                        .put("localizedValue", "Container Groups");
            case "capabilities" ->
                value.addObject()
                        .put("resourceType", "containerGroups")
                        .put("osType", "Linux")
                        .put("location", segments.get(1))
                        .put("ipAddressType", "Public")
                        .put("gpu", "None")
                        .putObject("capabilities")
                        .put("maxMemoryInGB", 16)
                        .put("maxCpu", 4)
                        .put("maxGpuCount", 0);
            case "cachedimages" -> {}
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(ArmResponse.of(200, answer));
    }
}
