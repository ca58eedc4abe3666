package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "SCHEDULE_HORIZON, soon"
    })
    void a_wrong_value_stops_the_start_by_its_name(String variable, String value) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> require(ServiceType.ALL, Map.of(variable, value)))
                .withMessageContaining(variable);
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
        ProcessSettings process = new ProcessSettings(Mode.AZURE, ServiceType.ALL, Path.of("home"), "0.0.0.0", 0, 0);

        SettingsCheck.collectRuntimes(
                binder(Map.of("AZURE_SUBSCRIPTION_ID", "mine", "ACR_LOGIN_SERVER", "ours.azurecr.io")),
                process,
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
        ProcessSettings process = new ProcessSettings(Mode.LOCAL, ServiceType.ALL, Path.of("home"), "127.0.0.1", 0, 0);

        SettingsCheck.collectRuntimes(binder(Map.of("AZURE_SUBSCRIPTION_ID", "mine")), process, findings);

        assertThat(findings).isEmpty();
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
        all.put("JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef");
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, all));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return new SettingsBinder(environment);
    }
}
