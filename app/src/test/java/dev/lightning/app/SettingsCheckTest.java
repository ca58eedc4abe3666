package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import java.io.IOException;
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

    private static void require(ServiceType type, Map<String, String> variables) throws IOException {
        Map<String, Object> all = new HashMap<>(variables);
        all.put("JWT_SIGNING_KEY", "0123456789abcdef0123456789abcdef");
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, all));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        List<String> findings = new ArrayList<>();
        StorageChoice storage = StorageChoice.of(Mode.LOCAL, variables, findings);
        SettingsCheck.collect(new SettingsBinder(environment), type, storage, findings);
        if (!findings.isEmpty()) {
            throw new StartFailure(String.join("\n", findings));
        }
    }
}
