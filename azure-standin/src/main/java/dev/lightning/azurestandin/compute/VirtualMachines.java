package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.Actions;
import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.ArmRequest;
import dev.lightning.azurestandin.arm.ArmResponse;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.arm.Resource;
import dev.lightning.azurestandin.arm.ResourceStore;
import dev.lightning.azurestandin.arm.ResourceType;
import dev.lightning.azurestandin.compute.Machine.Power;
import dev.lightning.azurestandin.engine.Engine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Virtual machines with what belongs to them; they run as containers where there is an engine and an image for it. */
public final class VirtualMachines implements ResourceType {
    static final String NAME = "Microsoft.Compute/virtualMachines";

    private final @Nullable Engine engine;
    private final ResourceStore store;
    private final String image;
    private final Parts parts;
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();

    /**
     * Runs them in this engine.
     *
     * @param image the container image that plays a machine, whatever image a machine asks for; without one none runs
     */
    public VirtualMachines(@Nullable Engine engine, ResourceStore store, @Nullable String image) {
        this.engine = image == null ? null : engine;
        this.store = store;
        this.image = image == null ? "" : image;
        this.parts = new Parts(store);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(String id, ObjectNode wanted, @Nullable Resource existing) {
        MachineDefinition.check(id.substring(id.lastIndexOf('/') + 1), wanted);
        if (existing != null && !fixed(existing.body()).equals(fixed(wanted))) {
            throw new ArmException(
                    409,
                    "PropertyChangeNotAllowed",
                    "Changing property 'osProfile' or 'imageReference' is not allowed.");
        }
    }

    private static List<JsonNode> fixed(JsonNode body) {
        JsonNode about = body.path("properties");
        return List.of(about.path("osProfile"), about.path("storageProfile").path("imageReference"));
    }

    @Override
    public void provision(Resource resource) {
        parts.make(resource);
        if (!machines.containsKey(resource.id())) {
            Machine machine = new Machine(engine, resource.id(), image);
            machines.put(resource.id(), machine);
            machine.create(UserData.read(Json.text(resource.properties().path("osProfile"), "customData")));
        }
    }

    @Override
    public void delete(Resource resource) {
        end(resource);
        parts.releaseAll(resource);
    }

    private void end(Resource resource) {
        Machine machine = machines.get(resource.id());
        if (machine != null) {
            machine.remove();
            machines.remove(resource.id(), machine);
        }
    }

    /** Removes the machine and leaves what was made with it. */
    @Override
    public void deleteHalf(Resource resource) {
        end(resource);
        parts.leaveAll(resource);
        store.forget(resource);
    }

    /** Spot capacity is taken back as the policy says: the machine is switched off and kept, or goes at once. */
    @Override
    public void evict(Resource resource) {
        if (Json.text(resource.properties(), "evictionPolicy").equalsIgnoreCase("Delete")) {
            delete(resource);
            store.forget(resource);
        } else {
            Machine machine = machines.get(resource.id());
            if (machine != null) {
                machine.stop(Power.DEALLOCATED);
            }
        }
    }

    @Override
    public void show(Resource resource, ObjectNode view, boolean detailed) {
        MachineView.show(resource, view, parts.of(resource));
        if (detailed) {
            Json.child(view, "properties").set("instanceView", MachineView.instanceView(resource, power(resource)));
        }
    }

    private @Nullable Power power(Resource resource) {
        Machine machine = machines.get(resource.id());
        return machine == null ? null : machine.power();
    }

    @Override
    public ArmResponse act(Resource resource, ArmRequest request, List<String> rest, Actions actions) {
        String what = request.method() + " " + rest.getLast().toLowerCase(Locale.ROOT);
        return switch (what) {
            case "GET instanceview" -> ArmResponse.of(200, MachineView.instanceView(resource, power(resource)));
            case "POST start" ->
                accept(request, resource, actions, () -> machine(resource).start());
            case "POST restart" ->
                accept(request, resource, actions, () -> machine(resource).restart());
            case "POST poweroff" ->
                accept(request, resource, actions, () -> machine(resource).stop(Power.STOPPED));
            case "POST deallocate" ->
                accept(request, resource, actions, () -> machine(resource).stop(Power.DEALLOCATED));
            case "POST simulateeviction" -> simulateEviction(resource);
            default -> throw ArmException.noSuchPath(request.method() + " " + request.url());
        };
    }

    private static ArmResponse accept(ArmRequest request, Resource resource, Actions actions, Runnable work) {
        return actions.accept(request, resource, work::run, ArmResponse.empty(200));
    }

    private ArmResponse simulateEviction(Resource resource) {
        if (!Json.text(resource.properties(), "priority").equalsIgnoreCase("Spot")) {
            throw new ArmException(
                    409, "OperationNotAllowed", "Eviction can be simulated only for Azure Spot Virtual Machines.");
        }
        evict(resource);
        return ArmResponse.empty(204);
    }

    private Machine machine(Resource resource) {
        Machine machine = machines.get(resource.id());
        if (machine == null) {
            throw busy(resource);
        }
        return machine;
    }

    @Override
    public Optional<ArmResponse> elsewhere(ArmRequest request) {
        List<String> segments = request.path().segments();
        if (segments.size() != 3
                || !segments.getFirst().equalsIgnoreCase("locations")
                || !segments.get(2).equalsIgnoreCase("usages")) {
            return Optional.empty();
        }
        ArrayNode value = Json.MAPPER.createArrayNode();
        value.addObject()
                .put("unit", "Count")
                .put("currentValue", store.ofType(NAME).size())
                .put("limit", 100)
                .putObject("name")
                .put("value", "virtualMachines")
                .put("localizedValue", "Virtual Machines");
        return Optional.of(ArmResponse.of(200, Json.object().set("value", value)));
    }
}
