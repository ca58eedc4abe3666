package dev.lightning.providers.runtime.aci;

import com.azure.core.http.HttpPipeline;
import com.azure.resourcemanager.containerinstance.ContainerInstanceManager;
import com.azure.resourcemanager.containerinstance.fluent.ContainerGroupsClient;
import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.azure.ArmAccess;
import dev.lightning.providers.runtime.azure.ArmCalls;
import dev.lightning.providers.runtime.azure.ArmOperations;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import dev.lightning.providers.runtime.azure.ArmSettings;
import dev.lightning.providers.runtime.azure.ArmTrouble;
import dev.lightning.providers.runtime.azure.RunTags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The container groups of this instance: one request each, which waits for nothing. */
final class Groups {
    private final String instance;
    private final String resourceGroup;
    private final ArmCalls calls;
    private final ArmOperations operations;
    private final ContainerGroupsClient client;

    Groups(String instance, ArmSettings settings, AzureCredentials credentials, Clock clock) {
        ArmTrouble trouble = new ArmTrouble(settings, clock);
        HttpPipeline pipeline = ArmAccess.pipeline(settings, credentials);
        this.instance = instance;
        this.resourceGroup = settings.resourceGroup();
        this.calls = new ArmCalls(trouble);
        this.operations = new ArmOperations(settings, pipeline, trouble);
        this.client = ContainerInstanceManager.authenticate(pipeline, ArmAccess.profile(settings))
                .serviceClient()
                .getContainerGroups();
    }

    /** The one of this name, if it is ours. */
    Optional<ContainerGroupInner> find(String name) {
        return any(name).filter(group -> RunTags.isOf(instance, group.tags()));
    }

    /** The same; refuses when the name is another's. */
    Optional<ContainerGroupInner> require(String name) {
        Optional<ContainerGroupInner> group = any(name);
        if (group.isPresent() && !RunTags.isOf(instance, group.get().tags())) {
            throw new RunRejectedException("Another instance has a container group named " + name, null);
        }
        return group;
    }

    private Optional<ContainerGroupInner> any(String name) {
        return calls.find(() -> client.getByResourceGroupWithResponseAsync(resourceGroup, name));
    }

    /** All of ours, without how they are. */
    List<ContainerGroupInner> all() {
        List<ContainerGroupInner> ours = new ArrayList<>();
        calls.each(client.listByResourceGroup(resourceGroup), group -> {
            if (RunTags.isOf(instance, group.tags())) {
                ours.add(group);
            }
        });
        return ours;
    }

    /** Orders it; gives where Azure says how far that has come. */
    Optional<String> order(String name, ContainerGroupInner group) {
        return calls.begin(() -> client.createOrUpdateWithResponseAsync(resourceGroup, name, group));
    }

    void stop(String name) {
        boolean _ = calls.beginIfThere(() -> client.stopWithResponseAsync(resourceGroup, name));
    }

    void delete(String name) {
        boolean _ = calls.beginIfThere(() -> client.deleteWithResponseAsync(resourceGroup, name));
    }

    Optional<ArmRefusal> failure(@Nullable String operation) {
        return operations.failure(operation);
    }

    ArmRefusal failed(String code, String message) {
        return calls.failed(code, message);
    }
}
