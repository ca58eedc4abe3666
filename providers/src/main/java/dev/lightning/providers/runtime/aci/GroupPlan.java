package dev.lightning.providers.runtime.aci;

import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import com.azure.resourcemanager.containerinstance.models.Container;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupIdentity;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupIdentityUserAssignedIdentities;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupPriority;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupRestartPolicy;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupSubnetId;
import com.azure.resourcemanager.containerinstance.models.EnvironmentVariable;
import com.azure.resourcemanager.containerinstance.models.ImageRegistryCredential;
import com.azure.resourcemanager.containerinstance.models.InitContainerDefinition;
import com.azure.resourcemanager.containerinstance.models.OperatingSystemTypes;
import com.azure.resourcemanager.containerinstance.models.ResourceIdentityType;
import com.azure.resourcemanager.containerinstance.models.Volume;
import com.azure.resourcemanager.containerinstance.models.VolumeMount;
import dev.lightning.providers.runtime.RunEnvironment;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.azure.AgentScript;
import dev.lightning.providers.runtime.azure.RunLinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run's container group is made of, in one place to be reviewed: the program, and beside it the agent, first to
 * bring its input and then to report. Only the agent has the links; whatever may be secret is a secure value, which Azure
 * shows to nobody.
 */
final class GroupPlan {
    static final String PROGRAM = "program";
    static final String AGENT = "agent";
    static final String FETCH = "fetch";

    private static final String SHARED = "/lightning";
    private static final String WORK = "/work";
    private static final String STATE = "/var/lib/lightning";
    private static final String SHARED_VOLUME = "shared";
    private static final String WORK_VOLUME = "work";
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private final AciSettings settings;

    GroupPlan(AciSettings settings) {
        this.settings = settings;
    }

    static GroupSize size(RunRequest request) {
        return GroupSize.of(request.limits()).plus(GroupSize.AGENT);
    }

    /** Everything, to be ordered in this location. */
    ContainerGroupInner of(
            RunRequest request, Map<String, String> tags, String location, RunLinks links, Duration lifetime) {
        ContainerGroupInner group = new ContainerGroupInner()
                .withLocation(location)
                .withTags(tags)
                .withOsType(OperatingSystemTypes.LINUX)
                .withRestartPolicy(ContainerGroupRestartPolicy.NEVER)
                .withVolumes(List.of(emptyDir(SHARED_VOLUME), emptyDir(WORK_VOLUME)))
                .withInitContainers(List.of(fetching(request, links)))
                .withContainers(List.of(program(request, lifetime), agent(request, links)));
        if (request.machine().spot()) {
            group.withPriority(ContainerGroupPriority.SPOT);
        }
        if (settings.subnetId() != null) {
            group.withSubnetIds(List.of(new ContainerGroupSubnetId().withId(settings.subnetId())));
        }
        if (settings.identityId() != null) {
            identify(group, settings.identityId());
        }
        return group;
    }

    private void identify(ContainerGroupInner group, String identity) {
        group.withIdentity(new ContainerGroupIdentity()
                .withType(ResourceIdentityType.USER_ASSIGNED)
                .withUserAssignedIdentities(Map.of(identity, new ContainerGroupIdentityUserAssignedIdentities())));
        if (settings.registry() != null) {
            group.withImageRegistryCredentials(List.of(new ImageRegistryCredential()
                    .withServer(settings.registry())
                    .withIdentity(identity)));
        }
    }

    private static Container program(RunRequest request, Duration lifetime) {
        String script = AgentScript.program(
                SHARED, WORK, Math.max(1, lifetime.plusMillis(999).toSeconds()));
        List<String> command = new ArrayList<>(SHELL);
        command.addAll(List.of(script, "lightning"));
        command.addAll(request.command());
        return new Container()
                .withName(PROGRAM)
                .withImage(String.valueOf(request.image()))
                .withCommand(command)
                .withEnvironmentVariables(secure(RunEnvironment.of(request, Map.of("HOME", WORK), WORK + "/out")))
                .withResources(GroupSize.of(request.limits()).bounded())
                .withVolumeMounts(mounts());
    }

    private Container agent(RunRequest request, RunLinks links) {
        return new Container()
                .withName(AGENT)
                .withImage(settings.agentImage())
                .withCommand(command("serve"))
                .withEnvironmentVariables(secure(served(request, links)))
                .withResources(GroupSize.AGENT.asked())
                .withVolumeMounts(mounts());
    }

    private InitContainerDefinition fetching(RunRequest request, RunLinks links) {
        return new InitContainerDefinition()
                .withName(FETCH)
                .withImage(settings.agentImage())
                .withCommand(command(FETCH))
                .withEnvironmentVariables(secure(served(request, links)))
                .withVolumeMounts(mounts());
    }

    private static List<String> command(String what) {
        List<String> command = new ArrayList<>(SHELL);
        command.addAll(List.of(AgentScript.agent(), "agent.sh", what));
        return command;
    }

    private static Map<String, String> served(RunRequest request, RunLinks links) {
        Map<String, String> all = new LinkedHashMap<>(links.with(request));
        all.put("LIGHTNING_SHARED", SHARED);
        all.put("LIGHTNING_WORK", WORK);
        all.put("LIGHTNING_STATE", STATE);
        return all;
    }

    private static List<EnvironmentVariable> secure(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> new EnvironmentVariable().withName(each.getKey()).withSecureValue(each.getValue()))
                .toList();
    }

    private static Volume emptyDir(String name) {
        return new Volume().withName(name).withEmptyDir(Map.of());
    }

    private static List<VolumeMount> mounts() {
        return List.of(
                new VolumeMount().withName(SHARED_VOLUME).withMountPath(SHARED),
                new VolumeMount().withName(WORK_VOLUME).withMountPath(WORK));
    }
}
