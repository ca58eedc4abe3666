package dev.lightning.providers.runtime.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import dev.lightning.providers.azure.AzureCredentials;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds out, by reading only, whether this process may do what runs will need; each finding is one sentence for people. */
public final class ArmInspection {
    private static final String RESOURCES = "?api-version=2021-04-01";
    private static final String AUTHORIZATION = "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01";
    private static final Duration LONGEST = Duration.ofSeconds(45);
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What runs of one kind need.
     *
     * @param service the resource provider that has to be registered
     * @param actions what has to be allowed on the resource group
     * @param role a built-in role that allows it
     */
    public record Need(String service, List<String> actions, String role) {
        public Need {
            actions = List.copyOf(actions);
        }
    }

    private final ArmSettings settings;
    private final HttpPipeline pipeline;

    public ArmInspection(ArmSettings settings, AzureCredentials credentials) {
        this.settings = settings;
        this.pipeline = ArmAccess.pipeline(settings, credentials);
    }

    /** Whether the resource group can be seen, without which nothing else can be asked. */
    public Optional<String> group() {
        return asked(group(settings), RESOURCES, there -> Optional.empty());
    }

    /** Whether the subscription has the service. */
    public Optional<String> registration(Need need) {
        return asked(
                "/subscriptions/" + settings.subscriptionId() + "/providers/" + need.service(), RESOURCES, found -> {
                    String state = found.path("registrationState").asString("");
                    return state.equalsIgnoreCase("Registered")
                            ? Optional.empty()
                            : Optional.of("The subscription has not registered " + need.service()
                                    + "; run: az provider register --namespace " + need.service());
                });
    }

    /** Whether all of it is allowed on the resource group. */
    public Optional<String> permission(Need need) {
        return asked(group(settings), AUTHORIZATION, found -> {
            List<Grant> grants = new ArrayList<>();
            found.path("value").forEach(grant -> grants.add(Grant.of(grant)));
            List<String> missing = need.actions().stream()
                    .filter(action -> grants.stream().noneMatch(grant -> grant.allows(action)))
                    .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The identity may not " + String.join(", ", missing) + " in the resource group "
                            + settings.resourceGroup() + "; give it the role " + need.role());
        });
    }

    /** What one assignment of a role allows, with {@code *} for any text. */
    private record Grant(List<String> actions, List<String> exceptions) {
        static Grant of(JsonNode grant) {
            return new Grant(texts(grant.path("actions")), texts(grant.path("notActions")));
        }

        boolean allows(String action) {
            return hasAny(actions, action) && !hasAny(exceptions, action);
        }

        private static boolean hasAny(List<String> patterns, String action) {
            return patterns.stream().anyMatch(pattern -> matches(pattern, action));
        }

        private static boolean matches(String pattern, String action) {
            String expression = "(?i)\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
            return action.matches(expression);
        }

        private static List<String> texts(JsonNode list) {
            List<String> texts = new ArrayList<>();
            list.forEach(text -> texts.add(text.asString("")));
            return texts;
        }
    }

    private static String group(ArmSettings settings) {
        return "/subscriptions/" + settings.subscriptionId() + "/resourceGroups/" + settings.resourceGroup();
    }

    private Optional<String> asked(String path, String query, Function<JsonNode, Optional<String>> finding) {
        HttpRequest request = new HttpRequest(HttpMethod.GET, settings.endpoint() + path + query);
        try (HttpResponse response =
                Objects.requireNonNull(pipeline.send(request).block(LONGEST))) {
            JsonNode body =
                    JSON.readTree(Optional.ofNullable(response.getBodyAsString().block(LONGEST))
                            .orElse("{}"));
            return response.getStatusCode() == HttpURLConnection.HTTP_OK
                    ? finding.apply(body)
                    : Optional.of(refusal(response.getStatusCode(), body));
        } catch (ClientAuthenticationException stranger) {
            return Optional.of(AzureCredentials.UNKNOWN);
        } catch (JacksonException e) {
            return Optional.of("What answers at " + settings.endpoint() + " is not Azure's Resource Manager");
        } catch (RuntimeException away) {
            return Optional.of("Azure's Resource Manager at " + settings.endpoint() + " cannot be reached");
        }
    }

    private String refusal(int status, JsonNode body) {
        @Nullable String code = body.path("error").path("code").asString(null);
        String reason = code == null ? "status " + status : code;
        return switch (reason) {
            case "ResourceGroupNotFound" -> "AZURE_RESOURCE_GROUP: there is no " + settings.resourceGroup();
            case "SubscriptionNotFound", "InvalidSubscriptionId" ->
                "AZURE_SUBSCRIPTION_ID: this process sees no such subscription";
            default ->
                status == HttpURLConnection.HTTP_FORBIDDEN || status == HttpURLConnection.HTTP_UNAUTHORIZED
                        ? "The identity may not read the resource group " + settings.resourceGroup()
                                + "; give it the role Reader or more on it (" + reason + ")"
                        : "Azure's Resource Manager answers " + reason;
        };
    }
}
