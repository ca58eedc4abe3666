package dev.lightning.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightning.api.tools.ToolSettings;
import dev.lightning.app.temporal.TemporalSettings;
import dev.lightning.workers.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** The product's own application.yml decides here, so that variables, properties and records are seen to fit. */
class SettingsBinderTest {
    @Test
    void without_variables_the_defaults_hold() throws IOException {
        SettingsBinder binder = binder(Map.of());

        assertThat(binder.bind("lightning", ProcessSettings.class))
                .isEqualTo(new ProcessSettings(
                        Mode.LOCAL, ServiceType.ALL, Path.of(".lightning"), "127.0.0.1", 8080, 9090));
        assertThat(binder.bind("lightning.temporal", TemporalSettings.class))
                .isEqualTo(new TemporalSettings(null, "default", 7233, 8233, null, "normal", null));
        assertThat(binder.bind("lightning.workers", WorkerSettings.class).queues())
                .containsExactly("lightning-events", "lightning-notify", "lightning-tools");
    }

    @Test
    void every_variable_reaches_its_component() throws IOException {
        SettingsBinder binder = binder(Map.ofEntries(
                Map.entry("LIGHTNING_MODE", "azure"),
                Map.entry("SERVICE_TYPE", "worker"),
                Map.entry("LIGHTNING_HOME", "/data"),
                Map.entry("BIND_ADDRESS", "0.0.0.0"),
                Map.entry("PORT", "1"),
                Map.entry("METRICS_PORT", "2"),
                Map.entry("TEMPORAL_ADDRESS", "temporal:7233"),
                Map.entry("TEMPORAL_NAMESPACE", "ours"),
                Map.entry("TEMPORAL_PORT", "3"),
                Map.entry("TEMPORAL_UI_PORT", "4"),
                Map.entry("TEMPORAL_UI_ADDRESS", "https://ui"),
                Map.entry("LIGHTNING_TEMPORAL_SYNCHRONOUS", "full"),
                Map.entry("LIGHTNING_TEMPORAL_BIN", "/bin/temporal"),
                Map.entry("WORKER_QUEUES", "lightning-llm,lightning-notify"),
                Map.entry("LLM_QUEUE", "lightning-llm"),
                Map.entry("LIGHTNING_ACTIVITY_SLOTS", "5"),
                Map.entry("LIGHTNING_WORKFLOW_CACHE", "6"),
                Map.entry("LIGHTNING_STOP_TIMEOUT", "7s")));

        assertThat(binder.bind("lightning", ProcessSettings.class))
                .isEqualTo(new ProcessSettings(Mode.AZURE, ServiceType.WORKER, Path.of("/data"), "0.0.0.0", 1, 2));
        assertThat(binder.bind("lightning.temporal", TemporalSettings.class))
                .isEqualTo(new TemporalSettings("temporal:7233", "ours", 3, 4, "https://ui", "full", "/bin/temporal"));
        WorkerSettings workers = binder.bind("lightning.workers", WorkerSettings.class);
        assertThat(workers.queues()).containsExactly("lightning-llm", "lightning-notify");
        assertThat(workers.modelQueue()).isEqualTo("lightning-llm");
        assertThat(workers.activitySlots()).isEqualTo(5);
        assertThat(workers.workflowCache()).isEqualTo(6);
        assertThat(workers.stopTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, eighty, lightning, dev.lightning.app.settings.ProcessSettings, a whole number",
        "METRICS_PORT, 65536, lightning, dev.lightning.app.settings.ProcessSettings, from 0 to 65535",
        "METRICS_PORT, 8080, lightning, dev.lightning.app.settings.ProcessSettings, must differ",
        "TEMPORAL_UI_PORT, -1, lightning.temporal, dev.lightning.app.temporal.TemporalSettings, from 0 to 65535",
        "WORKER_QUEUES, elsewhere, lightning.workers, dev.lightning.workers.WorkerSettings, 'lightning-events, lightning-llm'",
        "LIGHTNING_STOP_TIMEOUT, soon, lightning.workers, dev.lightning.workers.WorkerSettings, a duration"
    })
    void a_wrong_value_is_one_line_with_the_variable(
            String variable, String value, String prefix, Class<?> settings, String expected) throws IOException {
        SettingsBinder binder = binder(Map.of(variable, value));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> binder.bind(prefix, settings))
                .withMessageContainingAll(variable, expected)
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    @Test
    void all_that_is_wrong_with_a_record_is_found_though_it_refuses_one_thing_at_a_time() throws IOException {
        SettingsBinder binder = binder(Map.of(
                "TOOLS_POLL", "1ms",
                "TOOLS_MAX_PER_USER", "many",
                "TOOL_CPU", "9",
                "TOOL_TIMEOUT", "40d",
                "TOOL_MAX_PIDS", "0",
                "TOOL_OUTPUT", "lots"));

        assertThat(binder.findings("lightning.tools", ToolSettings.class))
                .containsExactlyInAnyOrder(
                        "TOOLS_MAX_PER_USER cannot be read as a whole number",
                        "TOOLS_POLL must be 100 milliseconds to 1 hour",
                        "TOOL_TIMEOUT must be 1 second to TOOL_MAX_TIMEOUT",
                        "TOOL_CPU must be 0.01 to TOOL_MAX_CPU",
                        "TOOL_MAX_PIDS must be 1 to 1000000",
                        "TOOL_OUTPUT must be a size from 1Ki to TOOL_MAX_OUTPUT");
        assertThat(binder.findings("lightning", ProcessSettings.class)).isEmpty();
    }

    @Test
    void two_that_contradict_each_other_are_one_finding() throws IOException {
        SettingsBinder binder = binder(Map.of("PORT", "9000", "METRICS_PORT", "9000"));

        assertThat(binder.findings("lightning", ProcessSettings.class))
                .containsExactly("PORT and METRICS_PORT must differ; both are 9000");
    }

    private static SettingsBinder binder(Map<String, String> variables) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return new SettingsBinder(environment);
    }
}
