package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingAliases;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** What adapters refuse is found without starting anything. */
class SettingsCheckTest {
    @Test
    void the_defaults_are_sound() {
        assertThatCode(() -> require(ServiceType.ALL, Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "NOTIFY_URL, ftp://x",
        "KEEP_EVENTS, 5x",
        "KEEP_EVENTS, 1h",
        "STREAMS_PER_USER, 0",
        "EVENTS_RATE_PER_SECOND, many",
        "LLM_MAX_CONCURRENT, 0",
        "OVERLOAD_DELAY, -1s",
        "OVERLOAD_POSTS, 1",
        "SCHEDULE_HORIZON, soon",
        "CORS_ORIGINS, foo bar",
        "TOOLS_DIR, /nope"
    })
    void a_wrong_value_stops_the_start_by_its_name(String variable, String value) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> require(ServiceType.ALL, Map.of(variable, value)))
                .withMessageContaining(variable);
    }

    @Test
    void a_folder_of_tools_that_can_be_read_is_sound(@TempDir Path folder) {
        assertThatCode(() -> require(ServiceType.ALL, Map.of("TOOLS_DIR", folder.toString())))
                .doesNotThrowAnyException();
    }

    @Test
    void what_a_process_does_not_use_does_not_stop_it() {
        assertThatCode(() -> require(ServiceType.API, Map.of("NOTIFY_URL", "ftp://x")))
                .doesNotThrowAnyException();
    }

    @Test
    void every_wrong_value_is_heard_at_once() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> require(ServiceType.ALL, Map.of("NOTIFY_URL", "ftp://x", "KEEP_EVENTS", "5x")))
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(2));
    }

    @Test
    void runtimes_of_azure_say_all_that_they_lack() throws IOException {
        List<String> findings = new ArrayList<>();

        SettingsCheck.collectRuntimes(
                binder(Map.of("AZURE_SUBSCRIPTION_ID", "mine", "ACR_LOGIN_SERVER", "ours.azurecr.io")),
                false,
                findings);

        assertThat(String.join("\n", findings).lines())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("AZURE_SUBSCRIPTION_ID"))
                .anyMatch(line -> line.startsWith("AZURE_RESOURCE_GROUP"))
                .anyMatch(line -> line.startsWith("AZURE_LOCATION"))
                .anyMatch(line -> line.startsWith("AZURE_IDENTITY_ID"))
                .anyMatch(line -> line.startsWith("STORAGE_CONNECTION"));
    }

    @Test
    void a_subscription_in_the_environment_of_a_developers_machine_changes_nothing() throws IOException {
        List<String> findings = new ArrayList<>();

        SettingsCheck.collectRuntimes(binder(Map.of("AZURE_SUBSCRIPTION_ID", "mine")), true, findings);

        assertThat(findings).isEmpty();
    }

    @Test
    void a_start_in_azure_mode_says_all_that_is_wrong_and_each_thing_once() throws IOException {
        Map<String, String> wrong = new HashMap<>(Map.of(
                "LIGHTNING_MODE", "azure",
                "LIGHTNING_BLOB_PROVIDER", "s3",
                "PORT", "99999",
                "JWT_SIGNING_KEY", "short",
                "TEMPORAL_ADDRESS", "foo",
                "NOTIFY_URL", "ftp://x",
                "STORAGE_CONNECTION", "garbage",
                "TABLE_PREFIX", "1-x",
                "USER_TABLE", "no_name"));
        wrong.putAll(Map.of("LLM_MAX_CONCURRENT", "many", "TOOL_RUNTIMES", "aci,vm"));
        wrong.putAll(Map.of("AZURE_VM_PUBLIC_IP", "maybe", "AZURE_VM_WARM", "soon", "AZURE_VM_SIZES", ","));
        wrong.putAll(Map.of("AZURE_AGENT_IMAGE", "Docker.io/UPPER:1", "TOOL_RUNS_PER_USER", "few", "TOOL_PIDS", "0"));
        wrong.putAll(Map.of("TOOLS_POLL", "1ms", "WORKER_TASK_RUNTIME", "docker", "REPO_ALLOW_LOCAL", "true"));
        wrong.put("BIND_ADDRESS", "192.0.2.1");

        List<String> said = started(wrong);

        assertThat(said).doesNotHaveDuplicates();
        assertThat(said.stream().map(line -> line.split(" ")[0]))
                .contains(
                        "LIGHTNING_BLOB_PROVIDER",
                        "PORT",
                        "JWT_SIGNING_KEY",
                        "TEMPORAL_ADDRESS",
                        "NOTIFY_URL",
                        "STORAGE_CONNECTION",
                        "TABLE_PREFIX",
                        "USER_TABLE",
                        "LLM_MAX_CONCURRENT",
                        "AZURE_VM_PUBLIC_IP",
                        "AZURE_VM_WARM",
                        "AZURE_VM_SIZES",
                        "AZURE_VM_SUBNET_ID",
                        "AZURE_AGENT_IMAGE",
                        "AZURE_LOCATION",
                        "TOOL_RUNS_PER_USER",
                        "TOOL_PIDS",
                        "TOOLS_POLL",
                        "WORKER_TASK_RUNTIME",
                        "REPO_ALLOW_LOCAL=true",
                        "BIND_ADDRESS=192.0.2.1");
        assertThat(said).contains("LIGHTNING_MODE=azure needs OPENAI_API_KEY or OPENAI_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "true"})
    void accounts_of_our_own_beside_another_issuer_need_a_key(String ours) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LIGHTNING_MODE", "azure",
                "TEMPORAL_ADDRESS", "localhost:7233",
                "OPENAI_API_KEY", "key",
                "STORAGE_CONNECTION", "UseDevelopmentStorage=true",
                "CLERK_JWT_ISSUER", "https://ours.clerk.example"));
        assertThat(started(settings)).isEmpty();

        settings.put("AUTH_LOCAL_ENABLED", ours);

        assertThat(started(settings)).containsExactly("LIGHTNING_MODE=azure needs JWT_SIGNING_KEY");
    }

    @Test
    void unknown_values_are_heard_with_the_rest_and_nothing_is_said_of_what_only_their_defaults_need()
            throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LIGHTNING_MODE", "azure",
                "TEMPORAL_ADDRESS", "localhost:7233",
                "SERVICE_TYPE", "foo",
                "LIGHTNING_STORAGE_PROVIDER", "mysql",
                "LIGHTNING_BLOB_PROVIDER", "s3",
                "PORT", "99999",
                "BLOB_CONTAINER", "No"));

        assertThat(names(started(settings)))
                .containsExactlyInAnyOrder(
                        "SERVICE_TYPE",
                        "LIGHTNING_STORAGE_PROVIDER",
                        "LIGHTNING_BLOB_PROVIDER",
                        "PORT",
                        "BLOB_CONTAINER");
    }

    @Test
    void two_stores_or_accounts_do_not_hide_what_is_wrong_with_each() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LIGHTNING_MODE", "azure",
                "TEMPORAL_ADDRESS", "localhost:7233",
                "JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef",
                "OPENAI_API_KEY", "key",
                "DATABASE_URL", "postgres://localhost/ours",
                "COSMOS_CONNECTION_STRING", "garbage",
                "STORAGE_CONNECTION", "garbage",
                "STORAGE_ACCOUNT", "ours"));
        settings.putAll(Map.of("USER_TABLE", "a", "TABLE_PREFIX", "_", "REPO_TABLE", "events"));
        settings.put("LIGHTNING_STORAGE_POSTGRES_MAXCONNECTIONS", "0");

        List<String> said = started(settings);

        assertThat(said)
                .doesNotHaveDuplicates()
                .anyMatch(line -> line.startsWith("DATABASE_URL and COSMOS_CONNECTION_STRING name two stores"))
                .anyMatch(line -> line.startsWith("STORAGE_CONNECTION and STORAGE_ACCOUNT both"));
        assertThat(names(said))
                .contains(
                        "USER_TABLE",
                        "TABLE_PREFIX",
                        "USER_TABLE,",
                        "COSMOS_CONNECTION_STRING",
                        "LIGHTNING_STORAGE_POSTGRES_MAXCONNECTIONS")
                .filteredOn("STORAGE_CONNECTION"::equals)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker,foo", "docker,process"})
    void wrong_runtimes_are_not_held_against_the_one_of_worker_tasks(String runtimes) throws IOException {
        List<String> findings = new ArrayList<>();

        SettingsCheck.collectRuntimes(
                binder(Map.of("TOOL_RUNTIMES", runtimes, "WORKER_TASK_RUNTIME", "aci")), false, findings);

        assertThat(findings.stream().distinct()).singleElement().asString().startsWith("TOOL_RUNTIMES");
    }

    @Test
    void a_subnet_of_container_groups_takes_no_machines() throws IOException {
        String subnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/one";
        Map<String, String> settings = new HashMap<>(Map.of(
                "LIGHTNING_MODE", "azure",
                "TEMPORAL_ADDRESS", "localhost:7233",
                "JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef",
                "OPENAI_API_KEY", "key",
                "STORAGE_CONNECTION", "UseDevelopmentStorage=true",
                "TOOL_RUNTIMES", "aci,vm",
                "AZURE_SUBSCRIPTION_ID", "11111111-2222-3333-4444-555555555555",
                "AZURE_RESOURCE_GROUP", "lightning",
                "AZURE_LOCATION", "westeurope"));
        settings.put("AZURE_VM_SUBNET_ID", subnet);
        assertThat(started(settings)).isEmpty();

        settings.put("AZURE_SUBNET_ID", subnet.toUpperCase(Locale.ROOT));

        assertThat(started(settings)).singleElement().asString().contains("AZURE_SUBNET_ID and AZURE_VM_SUBNET_ID");

        settings.putAll(Map.of("AZURE_VM_SIZES", ",,", "AZURE_AGENT_IMAGE", "bad image:", "AZURE_VM_WARM", "2d"));

        assertThat(names(started(settings)))
                .containsExactlyInAnyOrder("AZURE_SUBNET_ID", "AZURE_VM_SIZES", "AZURE_AGENT_IMAGE", "AZURE_VM_WARM");
    }

    /** The variable that each line is about. */
    private static List<String> names(List<String> lines) {
        return lines.stream().map(line -> line.split(" ")[0]).toList();
    }

    private static List<String> started(Map<String, String> variables) throws IOException {
        SettingAliases.Resolved resolved = SettingAliases.resolve(variables);
        return SettingsCheck.findings(binder(resolved.settings()), resolved);
    }

    private static void require(ServiceType type, Map<String, String> variables) throws IOException {
        SettingsBinder binder = binder(variables);
        List<String> findings = new ArrayList<>();
        StorageChoice storage = StorageChoice.of(Mode.LOCAL, variables, findings);
        SettingsCheck.collect(binder, type, storage, findings);
        if (!findings.isEmpty()) {
            throw new StartFailure(String.join("\n", findings));
        }
    }

    static SettingsBinder binder(Map<String, String> variables) throws IOException {
        Map<String, Object> all = new HashMap<>(variables);
        all.putIfAbsent("JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef");
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, all));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return new SettingsBinder(environment);
    }
}
