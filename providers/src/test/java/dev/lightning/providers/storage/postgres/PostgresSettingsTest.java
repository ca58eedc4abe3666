package dev.lightning.providers.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PostgresSettingsTest {
    private static final String URL = "postgres://db/shop";

    @Test
    void has_defaults_for_all_but_the_address() {
        assertThat(new PostgresSettings(URL, null, null, null))
                .isEqualTo(new PostgresSettings(URL, 10, Duration.ofSeconds(3), Duration.ofSeconds(15)));
    }

    @Test
    void names_the_variable_that_is_wrong() {
        assertThatThrownBy(() -> new PostgresSettings(" ", null, null, null)).hasMessageContaining("DATABASE_URL");
        assertThatThrownBy(() -> new PostgresSettings(URL, 0, null, null))
                .hasMessageContaining("LIGHTNING_STORAGE_POSTGRES_MAXCONNECTIONS");
        assertThatThrownBy(() -> new PostgresSettings(URL, null, Duration.ZERO, null))
                .hasMessageContaining("LIGHTNING_STORAGE_POSTGRES_CONNECTTIMEOUT");
        assertThatThrownBy(() -> new PostgresSettings(URL, null, null, Duration.ofDays(1)))
                .hasMessageContaining("LIGHTNING_STORAGE_POSTGRES_ANSWERTIMEOUT");
    }
}
