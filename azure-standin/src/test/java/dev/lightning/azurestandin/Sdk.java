package dev.lightning.azurestandin;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.containerinstance.ContainerInstanceManager;
import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import com.azure.resourcemanager.containerinstance.models.Container;
import com.azure.resourcemanager.containerinstance.models.ContainerGroupRestartPolicy;
import com.azure.resourcemanager.containerinstance.models.OperatingSystemTypes;
import com.azure.resourcemanager.containerinstance.models.ResourceRequests;
import com.azure.resourcemanager.containerinstance.models.ResourceRequirements;
import java.util.List;
import java.util.Map;

/** Azure's own client, pointed at a stand-in; without any retry of its own. */
final class Sdk {
    static final String GROUP = "lightning";

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
