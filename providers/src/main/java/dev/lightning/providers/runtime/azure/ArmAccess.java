package dev.lightning.providers.runtime.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.azure.AzureHttp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the clients of Azure's Resource Manager are made: with a token where it is Azure, without one where it is a
 * stand-in on this machine, and never with repetitions of their own, because what trouble means is said in one table.
 */
public final class ArmAccess {
    private static final String PRODUCT = "lightning";

    private ArmAccess() {}

    /** The way of every request. */
    public static HttpPipeline pipeline(ArmSettings settings, AzureCredentials credentials) {
        List<HttpPipelinePolicy> policies = new ArrayList<>();
        policies.add(new UserAgentPolicy(PRODUCT));
        policies.add(new RequestIdPolicy());
        policies.add(new AddDatePolicy());
        if (!settings.isStandIn()) {
            policies.add(new BearerTokenAuthenticationPolicy(credentials.token(), settings.endpoint() + "/.default"));
        }
        return new HttpPipelineBuilder()
                .httpClient(AzureHttp.client())
                .policies(policies.toArray(HttpPipelinePolicy[]::new))
                .build();
    }

    /** Which subscription of which cloud; the public cloud's other addresses are never asked. */
    public static AzureProfile profile(ArmSettings settings) {
        Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", settings.endpoint() + "/");
        endpoints.put("managementEndpointUrl", settings.endpoint() + "/");
        return new AzureProfile(null, settings.subscriptionId(), new AzureEnvironment(endpoints));
    }
}
