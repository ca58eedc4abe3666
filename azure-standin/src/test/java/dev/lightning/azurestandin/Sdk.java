package dev.lightning.azurestandin;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.containerinstance.ContainerInstanceManager;
import com.azure.resourcemanager.containerinstance.fluent.ContainerGroupsClient;
import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import com.azure.resourcemanager.containerinstance.models.Container;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupRestartPolicy;
import com.azure.resourcemanager.containerinstance.models.OperatingSystemTypes;
import com.azure.resourcemanager.containerinstance.models.ResourceRequests;
import com.azure.resourcemanager.containerinstance.models.ResourceRequirements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Azure's own client, pointed at a stand-in; without any retry of its own. */
final class Sdk {
    static final String GROUP = "lightning";

    private static final Duration GLANCE = Duration.ofMillis(20);

    private Sdk() {}

    static ContainerInstanceManager of(AzureStandIn standIn) {
        return ContainerInstanceManager.authenticate(pipeline(), profile(standIn));
    }

    static HttpPipeline pipeline() {
        return new HttpPipelineBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .build();
    }

    static AzureProfile profile(AzureStandIn standIn) {
        AzureEnvironment environment = new AzureEnvironment(Map.of(
                "resourceManagerEndpointUrl",
                standIn.endpoint(),
                "managementEndpointUrl",
                standIn.endpoint(),
                "microsoftGraphResourceId",
                standIn.endpoint() + "/",
                "activeDirectoryEndpointUrl",
                standIn.endpoint()));
        StandInSettings settings = standIn.settings();
        return new AzureProfile(settings.tenant(), settings.subscription(), environment);
    }

    /** Creates or changes one and waits for it without the client's own polling, which takes a second at least. */
    static ContainerGroupInner put(ContainerGroupsClient groups, String name, ContainerGroupInner wanted) {
        groups.createOrUpdateWithResponseAsync(GROUP, name, wanted).block();
        return settled(groups, name);
    }

    /** What it is when Azure is no longer at work on it. */
    static ContainerGroupInner settled(ContainerGroupsClient groups, String name) {
        return Awaitility.await()
                .pollInterval(GLANCE)
                .until(
                        () -> groups.getByResourceGroup(GROUP, name),
                        group -> List.of("Succeeded", "Failed").contains(group.provisioningState()));
    }

    /** Deletes one and waits until it is gone. */
    static void delete(AzureStandIn standIn, ContainerGroupsClient groups, String name) {
        groups.deleteWithResponseAsync(GROUP, name).block();
        Awaitility.await()
                .pollInterval(GLANCE)
                .until(() -> standIn.resources().stream()
                        .noneMatch(resource -> resource.name().equals(name)));
    }

    static Container container(String name, String... command) {
        return new Container()
                .withName(name)
                .withImage(TestEngine.IMAGE)
                .withCommand(List.of(command))
                .withResources(new ResourceRequirements()
                        .withRequests(new ResourceRequests().withCpu(0.5).withMemoryInGB(0.1)));
    }

    static ContainerGroupInner group(Container... containers) {
        ContainerGroupInner group = new ContainerGroupInner();
        group.withLocation("westeurope");
        return group.withOsType(OperatingSystemTypes.LINUX)
                .withRestartPolicy(ContainerGroupRestartPolicy.NEVER)
                .withContainers(List.of(containers));
    }
}
