package dev.lightning.azurestandin;

import static dev.lightning.azurestandin.Sdk.GROUP;
import static dev.lightning.azurestandin.Sdk.container;
import static dev.lightning.azurestandin.Sdk.group;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.containerinstance.fluent.ContainerGroupsClient;
import com.azure.resourcemanager.containerinstance.fluent.models.ContainerGroupInner;
import com.azure.resourcemanager.containerinstance.models.ContainerGroup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Azure Resource Manager answers to everything that is no happy path; nothing really runs. */
class ProtocolTest {
    private static final String SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555";
    private static final String TYPE =
            "/resourceGroups/lightning/providers/Microsoft.ContainerInstance/containerGroups";
    private static final String VERSION = "?api-version=2023-05-01";
    private static final String BODY = """
            {"location":"westeurope","tags":{"run":"1"},"properties":{"osType":"Linux","restartPolicy":"Never","containers":[
              {"name":"c","properties":{"image":"i","resources":{"requests":{"cpu":1,"memoryInGB":1}}}}]}}""";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static AzureStandIn standIn;
    private static ContainerGroupsClient groups;

    @BeforeAll
    static void start() {
        standIn = AzureStandIn.start(StandInSettings.quick(null).paging(2));
        groups = Sdk.of(standIn).serviceClient().getContainerGroups();
    }

    @AfterEach
    void clear() {
        standIn.resources().forEach(resource -> Sdk.delete(standIn, groups, resource.name()));
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "$S/resourceGroups/lightning/providers/Microsoft.ContainerInstance/containerGroups/x,400,MissingApiVersionParameter",
                "/subscriptions/other/resourceGroups/lightning?api-version=1,404,SubscriptionNotFound",
                "$S/resourceGroups/none/providers/Microsoft.ContainerInstance/containerGroups$V,404,ResourceGroupNotFound",
                "$S/resourceGroups/lightning/providers/Microsoft.Nothing/things/x$V,404,InvalidResourceNamespace",
                "$S/resourceGroups/lightning/providers/Microsoft.ContainerInstance/things/x$V,404,InvalidResourceType",
                "$S/resourceGroups/lightning/providers/Microsoft.ContainerInstance/containerGroups/x?api-version=1999-01-01,400,NoRegisteredProviderFound",
                "$S/resourceGroups/lightning/providers/Microsoft.ContainerInstance/containerGroups/x$V,404,ResourceNotFound",
                "$S/providers/Microsoft.ContainerInstance/locations/westeurope/operations/x$V,404,OperationNotFound"
            })
    void refuses_in_azures_words(String path, int status, String code) throws Exception {
        HttpResponse<String> answer =
                send("GET", path.replace("$S", SUBSCRIPTION).replace("$V", VERSION), "");

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode error = json(answer).path("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("message").asString()).isNotBlank();
        assertThat(error.path("details").isArray()).isTrue();
        assertThat(answer.headers().firstValue("x-ms-request-id")).isPresent();
    }

    @Test
    void a_creation_is_polled_in_the_way_of_the_wire() throws Exception {
        HttpResponse<String> created = send("PUT", SUBSCRIPTION + TYPE + "/wire" + VERSION, BODY);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).path("properties").path("provisioningState").asString())
                .isEqualTo("Creating");
        assertThat(created.headers().firstValue("Retry-After")).isPresent();
        String operation = created.headers().firstValue("Azure-AsyncOperation").orElseThrow();
        assertThat(operation).contains("/providers/Microsoft.ContainerInstance/locations/westeurope/operations/");
        Awaitility.await().until(() -> !status(operation).equals("InProgress"));
        assertThat(status(operation)).isEqualTo("Succeeded");
        HttpResponse<String> deleting = send("DELETE", SUBSCRIPTION + TYPE + "/wire" + VERSION, "");
        assertThat(deleting.statusCode()).isEqualTo(202);
        String result = deleting.headers().firstValue("Location").orElseThrow();
        Awaitility.await().until(() -> ask(result).statusCode() != 202);
        assertThat(ask(result).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", SUBSCRIPTION + TYPE + "/wire" + VERSION, "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void case_does_not_matter() throws Exception {
        Sdk.put(groups, "case", group(container("worker", "true")));

        String path = (SUBSCRIPTION + TYPE + "/case").toUpperCase(java.util.Locale.ROOT) + VERSION;

        assertThat(send("GET", path, "").statusCode()).isEqualTo(200);
    }

    @Test
    void lists_come_in_pages_without_instance_views() {
        IntStream.range(0, 5).forEach(i -> Sdk.put(groups, "page-" + i, group(container("w", "true"))));

        assertThat(groups.listByResourceGroup(GROUP))
                .extracting(ContainerGroupInner::name)
                .containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
        assertThat(groups.list()).hasSize(5).allMatch(group -> group.instanceView() == null);
        assertThat(groups.listByResourceGroup(GROUP).streamByPage()).hasSize(3);
    }

    @Test
    void tags_are_changed_and_searched_for() throws Exception {
        Sdk.put(groups, "tagged", group(container("w", "true")).withTags(Map.of("owner", "ann")));
        Sdk.put(groups, "other", group(container("w", "true")));

        groups.update(GROUP, "tagged", new com.azure.core.management.Resource().withTags(Map.of("run", "7")));

        assertThat(standIn.resources().getLast().tags()).containsEntry("run", "7");
        HttpResponse<String> found = send(
                "GET",
                SUBSCRIPTION + "/resourceGroups/lightning/resources" + VERSION
                        + "&$filter=tagName%20eq%20'run'%20and%20tagValue%20eq%20'7'",
                "");
        assertThat(json(found).path("value")).hasSize(1);
        assertThat(json(found).path("value").path(0).path("name").asString()).isEqualTo("tagged");
    }

    @Test
    void the_fluent_client_works_too() {
        ContainerGroup created = Sdk.of(standIn)
                .containerGroups()
                .define("fluent")
                .withRegion("westeurope")
                .withExistingResourceGroup(GROUP)
                .withLinux()
                .withPublicImageRegistryOnly()
                .withoutVolume()
                .defineContainerInstance("worker")
                .withImage("image")
                .withoutPorts()
                .attach()
                .create();

        assertThat(created.provisioningState()).isEqualTo("Succeeded");
    }

    @Test
    void permissions_providers_usages_and_groups_are_told() throws Exception {
        for (String path : new String[] {
            "/resourceGroups/lightning/providers/Microsoft.Authorization/permissions",
            "/providers/Microsoft.ContainerInstance",
            "/providers/Microsoft.ContainerInstance/locations/westeurope/usages",
            "/resourceGroups/lightning",
            "/resourceGroups",
            ""
        }) {
            assertThat(send("GET", SUBSCRIPTION + path + VERSION, "").statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,LinuX?,InvalidOsType",
        "west,,LocationRequired",
        "\"cpu\":1,\"cpu\":0,ResourceRequestsNotSpecified",
        "Never,Often,InvalidRestartPolicy"
    })
    void a_wrong_group_is_refused(String right, String wrong, String code) throws Exception {
        String replaced = wrong == null ? BODY.replace("westeurope", "") : BODY.replace(right, wrong);

        HttpResponse<String> answer = send("PUT", SUBSCRIPTION + TYPE + "/wrong" + VERSION, replaced);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").path("code").asString()).isEqualTo(code);
    }

    @Test
    void what_is_no_json_is_refused() throws Exception {
        assertThat(send("PUT", SUBSCRIPTION + TYPE + "/wrong" + VERSION, "{").statusCode())
                .isEqualTo(400);
    }

    @Test
    void an_authorization_is_asked_for_where_it_is_wanted() throws Exception {
        AzureStandIn strict = AzureStandIn.start(StandInSettings.quick(null).authorized());
        try (strict) {
            URI uri = URI.create(strict.endpoint() + SUBSCRIPTION + VERSION);

            assertThat(HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
            HttpRequest shown = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer x")
                    .build();
            assertThat(HTTP.send(shown, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void faults_are_ordered_and_requests_are_told_over_http() throws Exception {
        String fault =
                "{\"verb\":\"GET\",\"name\":\"scripted\",\"to\":2,\"effect\":{\"kind\":\"throttle\",\"retryAfter\":5}}";

        assertThat(send("POST", "/faults", fault).statusCode()).isEqualTo(200);

        HttpResponse<String> throttled = send("GET", SUBSCRIPTION + TYPE + "/scripted" + VERSION, "");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(send("GET", "/requests", "").body()).contains("\"name\":\"scripted\"", "\"status\":429");
        assertThat(json(send("GET", "/faults", ""))
                        .path(0)
                        .path("effect")
                        .path("kind")
                        .asString())
                .isEqualTo("throttle");
        assertThat(send("DELETE", "/faults", "").statusCode()).isEqualTo(204);
        assertThat(send("POST", "/faults", "{\"effect\":{\"kind\":\"nonsense\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/resources", "").body()).isEqualTo("[]");
        assertThat(send("POST", "/tenant/oauth2/v2.0/token", "grant_type=client_credentials")
                        .body())
                .contains("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "no json", "[null]", "5", "[{\"verb\":\"PUT\"}]", "{\"effect\":null}"})
    void what_is_no_fault_is_refused_and_changes_nothing(String body) throws Exception {
        HttpResponse<String> refused = send("POST", "/faults", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("error").asString()).contains("effect");
        assertThat(send("GET", "/faults", "").body()).isEqualTo("[]");
        assertThat(send("GET", SUBSCRIPTION + TYPE + "/any" + VERSION, "").statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(standIn.endpoint() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> ask(String address) throws IOException, InterruptedException {
        return send("GET", address.substring(standIn.endpoint().length()), "");
    }

    private static String status(String operation) throws IOException, InterruptedException {
        return json(ask(operation)).path("status").asString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
