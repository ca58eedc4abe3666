package dev.lightning.providers.sources.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GitSettingsTest {
    @Test
    void what_is_left_out_has_its_default() {
        GitSettings settings = new GitSettings(null, " ", null, null, null);

        assertThat(settings.folder()).isEqualTo(Path.of(".lightning", "checkouts"));
        assertThat(settings.secretsFolder()).isNull();
        assertThat(settings.local()).isFalse();
        assertThat(settings.maxBytes()).isEqualTo(1L << 30);
        assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_wrong_value_is_told_by_the_name_of_its_variable() {
        assertThatThrownBy(() -> new GitSettings(null, null, null, 0L, null)).hasMessageContaining("REPO_MAX_BYTES");
        assertThatThrownBy(() -> new GitSettings(null, null, null, null, Duration.ofHours(1)))
                .hasMessageContaining("REPO_TIMEOUT");
    }
}
