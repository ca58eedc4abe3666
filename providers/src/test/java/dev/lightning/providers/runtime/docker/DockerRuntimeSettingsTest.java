package dev.lightning.providers.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerRuntimeSettingsTest {
    @Test
    void has_a_default_for_everything() {
        DockerRuntimeSettings settings = new DockerRuntimeSettings(" ", null, null, null);

        assertThat(settings.host()).startsWith("unix:///").endsWith(".sock");
        assertThat(settings.instance()).isEqualTo("lightning");
        assertThat(settings.largestFile()).isEqualTo(1024L * 1024 * 1024);
        assertThat(settings.dns()).isEmpty();
    }

    @Test
    void keeps_what_it_is_given() {
        DockerRuntimeSettings settings = new DockerRuntimeSettings("tcp://engine:2376", "blue", 5L, List.of("9.9.9.9"));

        assertThat(settings.host()).isEqualTo("tcp://engine:2376");
        assertThat(settings.instance()).isEqualTo("blue");
        assertThat(settings.largestFile()).isEqualTo(5);
        assertThat(settings.dns()).containsExactly("9.9.9.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/run/docker.sock", "ssh://engine", "a b"})
    void names_the_variable_of_an_address_that_is_none(String host) {
        assertThatThrownBy(() -> new DockerRuntimeSettings(host, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DOCKER_HOST");
    }

    @Test
    void names_the_variable_of_anything_else_that_cannot_be() {
        assertThatThrownBy(() -> new DockerRuntimeSettings(null, "A_B", null, null))
                .hasMessageContaining("The instance");
        assertThatThrownBy(() -> new DockerRuntimeSettings(null, null, 0L, null))
                .hasMessageContaining("LIGHTNING_DOCKER_LARGEST_FILE");
    }
}
