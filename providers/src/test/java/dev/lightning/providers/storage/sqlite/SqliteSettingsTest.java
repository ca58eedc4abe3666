package dev.lightning.providers.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SqliteSettingsTest {
    @Test
    void has_a_default_for_everything() {
        assertThat(new SqliteSettings(null, null, null, null))
                .isEqualTo(new SqliteSettings(
                        Path.of(".lightning/lightning.db"),
                        SqliteSettings.Synchronous.NORMAL,
                        Duration.ofSeconds(5),
                        4));
    }

    @Test
    void names_the_variable_that_is_wrong() {
        assertThatThrownBy(() -> new SqliteSettings(null, null, Duration.ofHours(1), null))
                .hasMessageContaining("LIGHTNING_STORAGE_SQLITE_BUSYTIMEOUT");
        assertThatThrownBy(() -> new SqliteSettings(null, null, null, 0))
                .hasMessageContaining("LIGHTNING_STORAGE_SQLITE_READERS");
    }
}
