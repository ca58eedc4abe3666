package dev.lightning.providers.runtime.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lightning.azurestandin.AzureStandIn;
import dev.lightning.azurestandin.StandInSettings;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.azure.ArmInspection.Need;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArmInspectionTest {
    private static final Need GROUPS = new Need(
            "Microsoft.ContainerInstance",
            List.of(
                    "Microsoft.ContainerInstance/containerGroups/write",
                    "Microsoft.ContainerInstance/containerGroups/delete"),
            "Contributor");

    private AzureStandIn azure;

    @BeforeEach
    void start() {
        azure = AzureStandIn.start(StandInSettings.quick(null));
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void nothing_is_found_where_everything_is_there_and_nothing_is_changed() {
        ArmInspection inspection = of(azure.endpoint().toString(), "lightning");

        assertThat(inspection.group()).isEmpty();
        assertThat(inspection.registration(GROUPS)).isEmpty();
        assertThat(inspection.permission(GROUPS)).isEmpty();
        assertThat(azure.requests()).allMatch(request -> List.of("GET", "LIST").contains(request.verb()));
    }

    @Test
    void a_group_that_is_not_there_is_named() {
        assertThat(of(azure.endpoint().toString(), "elsewhere").group())
                .contains("AZURE_RESOURCE_GROUP: there is no elsewhere");
    }

    @Test
    void whoever_may_not_even_read_hears_of_a_role() {
        azure.faults()
                .add(Fault.on("*", "*", new Effect.Answer(403, "AuthorizationFailed", "may not"))
                        .always());

        assertThat(of(azure.endpoint().toString(), "lightning").group().orElseThrow())
                .contains("lightning", "the role Reader", "AuthorizationFailed");
    }

    @Test
    void an_address_where_nobody_answers_is_named() {
        String endpoint = azure.endpoint().toString();
        azure.close();

        assertThat(of(endpoint, "lightning").group().orElseThrow()).contains(endpoint, "cannot be reached");
    }

    @Test
    void what_a_role_leaves_out_is_listed_with_a_role_that_has_it() throws IOException {
        String grants = """
                {"value": [
                  {"actions": ["*/read", "Microsoft.ContainerInstance/containerGroups/*"],
                   "notActions": ["Microsoft.ContainerInstance/*/delete"]},
                  {"actions": [], "notActions": []}]}""";

        assertThat(answered(grants, ArmInspectionTest::permission))
                .isEqualTo(
                        "The identity may not Microsoft.ContainerInstance/containerGroups/delete in the resource group"
                                + " lightning; give it the role Contributor");
    }

    @Test
    void a_service_that_is_not_registered_is_said_with_the_command() throws IOException {
        assertThat(answered("{\"registrationState\": \"NotRegistered\"}", ArmInspectionTest::registration))
                .endsWith("run: az provider register --namespace Microsoft.ContainerInstance");
    }

    @Test
    void what_is_no_resource_manager_is_said() throws IOException {
        assertThat(answered("<html>hello</html>", ArmInspectionTest::permission))
                .endsWith("is not Azure's Resource Manager");
    }

    private static String permission(ArmInspection inspection) {
        return inspection.permission(GROUPS).orElseThrow();
    }

    private static String registration(ArmInspection inspection) {
        return inspection.registration(GROUPS).orElseThrow();
    }

    private static String answered(String body, Function<ArmInspection, String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.getBytes(UTF_8).length);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            return asked.apply(of("http://127.0.0.1:" + server.getAddress().getPort(), "lightning"));
        } finally {
            server.stop(0);
        }
    }

    private static ArmInspection of(String endpoint, String group) {
        return new ArmInspection(
                new ArmSettings(
                        StandInSettings.quick(null).subscription(), group, List.of("westeurope"), endpoint, null),
                new AzureCredentials());
    }
}
