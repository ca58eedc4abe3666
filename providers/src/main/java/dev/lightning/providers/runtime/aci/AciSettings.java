package dev.lightning.providers.runtime.aci;

import dev.lightning.providers.runtime.ImageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How container groups are made; what is left out (null) has its default.
 *
 * @param agentImage {@code AZURE_AGENT_IMAGE}, for what serves a run beside its program: it needs sh, curl, tar and the
 *     small programs, and has to run as root, to read what a program leaves; {@code docker.io/library/buildpack-deps:bookworm-curl}
 * @param subnetId {@code AZURE_SUBNET_ID}, the subnet that groups are put into, delegated to container groups; none
 * @param identityId {@code AZURE_IDENTITY_ID}, the managed identity with which images are fetched; none
 * @param registry {@code ACR_LOGIN_SERVER}, the registry that the identity may read; none
 */
public record AciSettings(
        @Nullable String agentImage,
        @Nullable String subnetId,
        @Nullable String identityId,
        @Nullable String registry) {
    private static final String AGENT = "docker.io/library/buildpack-deps:bookworm-curl";
    private static final String IN_GROUP = "(?i)/subscriptions/[^/]+/resourceGroups/[^/]+/providers/";
    private static final Pattern SUBNET =
            Pattern.compile(IN_GROUP + "Microsoft.Network/virtualNetworks/[^/]+/subnets/[^/]+");
    private static final Pattern IDENTITY =
            Pattern.compile(IN_GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/[^/]+");
    private static final Pattern REGISTRY = Pattern.compile("[a-z0-9][a-z0-9.-]*(:\\d+)?");

    public AciSettings {
        agentImage = agentImage != null && given(agentImage) ? agentImage.strip() : AGENT;
        subnetId = subnetId != null && given(subnetId) ? subnetId.strip() : null;
        identityId = given(identityId) ? identityId : null;
        registry = given(registry) ? registry : null;
        List<String> wrong = new ArrayList<>();
        if (!ImageName.isPossible(agentImage)) {
            wrong.add("AZURE_AGENT_IMAGE must be the name of an image, such as registry.example/name:tag");
        }
        if (subnetId != null && !SUBNET.matcher(subnetId).matches()) {
            wrong.add("AZURE_SUBNET_ID must be the id of a subnet, /subscriptions/.../virtualNetworks/.../subnets/...");
        }
        if (identityId != null && !IDENTITY.matcher(identityId).matches()) {
            wrong.add(
                    "AZURE_IDENTITY_ID must be the id of a managed identity, /subscriptions/.../userAssignedIdentities/...");
        }
        if (registry != null && !REGISTRY.matcher(registry).matches()) {
            wrong.add("ACR_LOGIN_SERVER must be the name of a registry's host, such as name.azurecr.io");
        }
        if (registry != null && identityId == null) {
            wrong.add("AZURE_IDENTITY_ID must be set with ACR_LOGIN_SERVER: images are fetched with an identity");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    @Override
    public String agentImage() {
        return Objects.requireNonNull(agentImage);
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
