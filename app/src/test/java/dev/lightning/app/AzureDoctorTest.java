package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.app.settings.SettingAliases;
import dev.lightning.azurestandin.AzureStandIn;
import dev.lightning.azurestandin.StandInSettings;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.Fault;
import dev.lightning.providers.runtime.vm.VmRuntimeSettings;
import dev.lightning.providers.testing.Azurite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the doctor says of an account and a resource group that are there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureDoctorTest {
    private Azurite azurite;
    private AzureStandIn azure;

    @BeforeAll
    void start() {
        azurite = Azurite.start();
        azure = AzureStandIn.start(StandInSettings.quick(null));
    }

    @AfterAll
    void stop() {
        azure.close();
        azurite.close();
    }

    @BeforeEach
    void behave() {
        azure.faults().clear();
    }

    @Test
    void says_a_line_for_everything_that_is_there_and_changes_nothing() throws IOException {
        assertThat(said(Map.of()))
                .containsExactly(
                        "well true",
                        "Tables         ok",
                        "Blobs          ok",
                        "Resource group ok",
                        "Blobs of runs  ok",
                        "aci service    ok",
                        "aci role       ok");
        assertThat(azure.requests()).allMatch(asked -> List.of("GET", "LIST").contains(asked.verb()));
    }

    @Test
    void says_what_is_missing_where_it_is_missing() throws IOException {
        azure.faults()
                .add(Fault.on("*", "*", new Effect.Answer(403, "AuthorizationFailed", "may not"))
                        .always());

        assertThat(said(Map.of("STORAGE_CONNECTION", azurite.connection(Azurite.newKey()))))
                .contains("well false")
                .anyMatch(line -> line.startsWith("Tables") && line.contains("refuses the key"))
                .anyMatch(line -> line.startsWith("Blobs  ") && line.contains("refuses the key"))
                .anyMatch(line -> line.startsWith("Resource group") && line.contains("the role Reader"))
                .noneMatch(line -> line.startsWith("aci"));
    }

    @Test
    void asks_nobody_where_settings_are_missing_and_says_each_of_them() throws IOException {
        assertThat(said(Map.of(
                        "AZURE_RESOURCE_GROUP",
                        "",
                        "AZURE_LOCATION",
                        "West Europe",
                        "STORAGE_CONNECTION",
                        "",
                        "TEMPORAL_ADDRESS",
                        "")))
                .contains("well false")
                .anyMatch(line -> line.contains("TEMPORAL_ADDRESS"))
                .filteredOn(line -> line.startsWith("Settings "))
                .hasSizeGreaterThanOrEqualTo(4)
                .anyMatch(line -> line.contains("AZURE_RESOURCE_GROUP"))
                .anyMatch(line -> line.contains("AZURE_LOCATION"))
                .anyMatch(line -> line.contains("STORAGE_CONNECTION"));
    }

    @Test
    void says_of_the_settings_what_a_start_says() throws IOException {
        Map<String, String> wrong = Map.of(
                "OPENAI_API_KEY", "",
                "AZURE_AGENT_IMAGE", "a b",
                "LIGHTNING_STORAGE_PROVIDER", "dbase",
                "TOOL_MAX_CPU", "many",
                "PORT", "-1");
        SettingAliases.Resolved resolved = SettingAliases.resolve(variables(wrong));

        assertThat(said(wrong))
                .filteredOn(line -> !line.equals("well false"))
                .extracting(line -> line.replaceFirst("Settings +", ""))
                .hasSize(5)
                .containsExactlyElementsOf(
                        SettingsCheck.findings(SettingsCheckTest.binder(resolved.settings()), resolved));
    }

    @Test
    void says_an_unknown_mode_in_the_same_manner() {
        List<String> lines = new ArrayList<>();

        boolean well = Launch.looking(
                Map.of("LIGHTNING_MODE", "cloud"),
                (settings, resolved) -> true,
                failure -> AzureDoctor.refuse(failure, lines::add));

        assertThat(well).isFalse();
        assertThat(lines).containsExactly("Settings       LIGHTNING_MODE must be one of local, azure; it is cloud");
    }

    @Test
    void asks_for_addresses_only_where_machines_get_one() throws IOException {
        assertThat(AzureDoctor.ofMachines(machines("true")).actions())
                .contains("Microsoft.Network/publicIPAddresses/write", "Microsoft.Compute/virtualMachines/write");
        assertThat(AzureDoctor.ofMachines(machines("false")).actions())
                .doesNotContain("Microsoft.Network/publicIPAddresses/write");
    }

    private VmRuntimeSettings machines(String publicIp) throws IOException {
        String subnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/d";
        return SettingsCheckTest.binder(variables(Map.of("AZURE_VM_SUBNET_ID", subnet, "AZURE_VM_PUBLIC_IP", publicIp)))
                .bind(AzureRuntimes.VM, VmRuntimeSettings.class);
    }

    private List<String> said(Map<String, String> more) throws IOException {
        Map<String, String> variables = variables(more);
        List<String> lines = new ArrayList<>();
        boolean well = new AzureDoctor(
                        SettingsCheckTest.binder(variables), SettingAliases.resolve(variables), lines::add)
                .examine();
        lines.addFirst("well " + well);
        return lines;
    }

    private Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "STORAGE_CONNECTION",
                azurite.connection(),
                "TOOL_RUNTIMES",
                "aci",
                "AZURE_SUBSCRIPTION_ID",
                azure.settings().subscription(),
                "AZURE_RESOURCE_GROUP",
                "lightning",
                "AZURE_LOCATION",
                "westeurope",
                "AZURE_ARM_ENDPOINT",
                azure.endpoint().toString()));
        variables.putAll(Map.of(
                "LIGHTNING_MODE", "azure",
                "TEMPORAL_ADDRESS", "localhost:7233",
                "OPENAI_API_KEY", "key",
                "JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef"));
        variables.putAll(more);
        variables.values().removeIf(String::isEmpty);
        return variables;
    }
}
