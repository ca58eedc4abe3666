package dev.lightning.providers.runtime.azure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in Azure runs are ordered; what is left out (null) has its default.
 *
 * @param subscriptionId {@code AZURE_SUBSCRIPTION_ID}
 * @param resourceGroup {@code AZURE_RESOURCE_GROUP}, which has to be there
 * @param locations {@code AZURE_LOCATION}, in the order in which they are tried
 * @param endpoint {@code AZURE_ARM_ENDPOINT}; Azure's public cloud. Plain http is for a stand-in on this machine
 * @param runContainer {@code AZURE_RUN_CONTAINER}, the blob container for what runs say and leave; {@code lightning-runs}
 */
public record ArmSettings(
        @Nullable String subscriptionId,
        @Nullable String resourceGroup,
        @Nullable List<String> locations,
        @Nullable String endpoint,
        @Nullable String runContainer) {
    private static final String PUBLIC_CLOUD = "https://management.azure.com";
    private static final String RUNS = "lightning-runs";
    private static final Pattern SUBSCRIPTION = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]");
    private static final Pattern LOCATION = Pattern.compile("[a-z0-9]{2,40}");
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public ArmSettings {
        subscriptionId = subscriptionId == null ? "" : subscriptionId.strip();
        resourceGroup = resourceGroup == null ? "" : resourceGroup.strip();
        locations = locations == null
                ? List.of()
                : locations.stream()
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
        endpoint = endpoint == null || endpoint.isBlank() ? PUBLIC_CLOUD : withoutSlash(endpoint.strip());
        runContainer = runContainer == null || runContainer.isBlank() ? RUNS : runContainer.strip();
        List<String> wrong = new ArrayList<>();
        if (!SUBSCRIPTION.matcher(subscriptionId).matches()) {
            wrong.add(
                    "AZURE_SUBSCRIPTION_ID must be the id of a subscription, such as 00000000-0000-0000-0000-000000000000");
        }
        if (!GROUP.matcher(resourceGroup).matches()) {
            wrong.add("AZURE_RESOURCE_GROUP must be the name of a resource group");
        }
        if (locations.isEmpty()
                || !locations.stream().allMatch(each -> LOCATION.matcher(each).matches())) {
            wrong.add("AZURE_LOCATION must be a list of regions, such as westeurope,northeurope");
        }
        if (!isEndpoint(endpoint)) {
            wrong.add("AZURE_ARM_ENDPOINT must be an https address, or http on a loopback address");
        }
        if (!CONTAINER.matcher(runContainer).matches()) {
            wrong.add("AZURE_RUN_CONTAINER must have 3 to 63 characters of a-z, 0-9 and single -");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    @Override
    public String subscriptionId() {
        return Objects.requireNonNull(subscriptionId);
    }

    @Override
    public String resourceGroup() {
        return Objects.requireNonNull(resourceGroup);
    }

    @Override
    public List<String> locations() {
        return Objects.requireNonNull(locations);
    }

    @Override
    public String endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    @Override
    public String runContainer() {
        return Objects.requireNonNull(runContainer);
    }

    /** Whether requests carry no token, because nobody but this machine hears them. */
    boolean isStandIn() {
        return endpoint().startsWith("http:");
    }

    /** The locations in the order in which an attempt tries them: each begins one further on. */
    public List<String> locations(int attempt) {
        List<String> order = new ArrayList<>();
        for (int n = 0; n < locations().size(); n++) {
            order.add(locations().get((attempt + n) % locations().size()));
        }
        return order;
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static boolean isEndpoint(String address) {
        try {
            URI uri = URI.create(address);
            String host = uri.getHost();
            return host != null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
