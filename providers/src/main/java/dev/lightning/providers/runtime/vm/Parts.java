package dev.lightning.providers.runtime.vm;

import com.azure.core.http.HttpPipeline;
import com.azure.resourcemanager.resources.fluent.ResourcesClient;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceExpandedInner;
import com.azure.resourcemanager.resources.implementation.ResourceManagementClientBuilder;
import dev.lightning.providers.runtime.azure.ArmCalls;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.RunTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines and what they were made with, found by their tags in one list of all types, so that what a deletion has left
 * behind is found without its machine. Azure may tell of it a little late, which is why nobody decides by it what to buy.
 */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private static final String MACHINES = "microsoft.compute/virtualmachines";
    private static final String DISKS = "microsoft.compute/disks";

    /** In the order in which they let go of each other, with the version of the API that deletes each. */
    private static final Map<String, String> VERSIONS = Map.of(
            MACHINES,
            "2024-07-01",
            "microsoft.network/networkinterfaces",
            "2024-05-01",
            "microsoft.network/publicipaddresses",
            "2024-05-01",
            DISKS,
            "2024-03-02");

    /** One of them. */
    record Part(String id, String type, Map<String, String> tags) {
        boolean isMachine() {
            return type.equals(MACHINES);
        }
    }

    private final ResourcesClient resources;
    private final String prefix;
    private final String group;
    private final String instance;
    private final ArmCalls calls;

    Parts(ArmSettings settings, HttpPipeline pipeline, String instance, ArmCalls calls) {
        this.resources = new ResourceManagementClientBuilder()
                .pipeline(pipeline)
                .endpoint(settings.endpoint())
                .subscriptionId(settings.subscriptionId())
                .buildClient()
                .getResources();
        this.prefix = "/subscriptions/" + settings.subscriptionId() + "/resourceGroups/" + settings.resourceGroup();
        this.group = settings.resourceGroup();
        this.instance = instance;
        this.calls = calls;
    }

    /** All of this instance. */
    List<Part> all() {
        return tagged(RunTags.INSTANCE, instance);
    }

    /** Those of one run. */
    List<Part> of(String run) {
        return tagged(RunTags.RUN, run);
    }

    /** Those of a machine that serves several. */
    List<Part> ofMachine(String machine) {
        return tagged(RunTags.MACHINE, machine);
    }

    /** The disk of a machine by its name, since Azure may not have written the machine's tags on it; never a neighbour's. */
    Optional<Part> disk(String machine) {
        String id = prefix + "/providers/Microsoft.Compute/disks/" + MachineOrder.diskName(machine);
        return calls.find(() -> resources.getByIdWithResponseAsync(id.substring(1), VERSIONS.getOrDefault(DISKS, "")))
                .filter(disk -> disk.tags() == null
                        || !disk.tags().containsKey(RunTags.INSTANCE)
                        || RunTags.isOf(instance, disk.tags()))
                .map(_ -> new Part(id, DISKS, Map.of()));
    }

    private List<Part> tagged(String tag, String value) {
        List<Part> found = new ArrayList<>();
        String filter = "tagName eq '" + tag + "' and tagValue eq '" + value + "'";
        calls.<GenericResourceExpandedInner>each(
                resources.listByResourceGroupAsync(group, filter, null, null).toIterable(), each -> {
                    String type = each.type().toLowerCase(Locale.ROOT);
                    if (VERSIONS.containsKey(type) && RunTags.isOf(instance, each.tags())) {
                        found.add(new Part(each.id(), type, each.tags()));
                    }
                });
        return found;
    }

    /**
     * Begins the deletion of one without a machine; one that something still holds is asked for again later.
     *
     * @return whether it was there
     */
    boolean delete(Part part) {
        String version = VERSIONS.getOrDefault(part.type(), "");
        String path = part.id().substring(1);
        try {
            log.info("event=part.removing id={}", part.id());
            return calls.beginIfThere(() -> resources.deleteByIdWithResponseAsync(path, version));
        } catch (ArmRefusal refusal) {
            if (refusal.kind() != ArmRefusal.Kind.BUSY) {
                throw refusal;
            }
            log.info("event=part.busy id={} reason=\"{}\"", part.id(), refusal.getMessage());
            return true;
        }
    }
}
