package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolSettingsTest {
    @Test
    void what_is_not_set_has_its_default() {
        ToolSettings settings =
                new ToolSettings(" ", null, null, null, null, "", null, null, null, null, null, null, null);

        assertThat(settings)
                .isEqualTo(new ToolSettings(
                        null,
                        Duration.ofSeconds(2),
                        100,
                        Duration.ofMinutes(10),
                        Duration.ofDays(7),
                        "256Mi",
                        "4Gi",
                        1.0,
                        8.0,
                        128,
                        4096,
                        "64Mi",
                        "1Gi"));
        assertThat(settings.memoryBytes()).isEqualTo(256L << 20);
        assertThat(settings.maxMemoryBytes()).isEqualTo(4L << 30);
        assertThat(settings.outputBytes()).isEqualTo(64L << 20);
        assertThat(settings.maxOutputBytes()).isEqualTo(1L << 30);
    }

    @Test
    void what_cannot_be_names_its_setting() {
        assertThatThrownBy(() ->
                        new ToolSettings(null, null, 0, null, null, null, null, null, null, null, null, null, null))
                .hasMessageStartingWith("TOOLS_MAX_PER_USER");
        assertThatThrownBy(() -> new ToolSettings(
                        null, null, null, Duration.ofDays(8), null, null, null, null, null, null, null, null, null))
                .hasMessageStartingWith("TOOL_TIMEOUT");
        assertThatThrownBy(() -> new ToolSettings(
                        null, null, null, null, null, "256MB", null, null, null, null, null, null, null))
                .hasMessageStartingWith("TOOL_MEMORY");
        assertThatThrownBy(() ->
                        new ToolSettings(null, null, null, null, null, null, null, 9.0, null, null, null, null, null))
                .hasMessageStartingWith("TOOL_CPU");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1023,1023", "1024,1Ki", "1536,1536", "1048576,1Mi", "1073741824,1Gi", "1610612736,1536Mi"})
    void a_size_is_read_as_it_is_written(long bytes, String text) {
        assertThat(ByteSizes.write(bytes)).isEqualTo(text);
        assertThat(ByteSizes.read(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"''", "-1", "1.5Mi", "1MB", "Mi", "9999999999999"})
    void other_texts_are_no_size(String text) {
        assertThat(ByteSizes.read(text)).isNull();
    }
}
