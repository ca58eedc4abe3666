package dev.lightning.api.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadSettingsTest {
    @Test
    void defaults_hold_for_what_is_not_set() {
        assertThat(OverloadSettings.defaults()).isEqualTo(new OverloadSettings(Duration.ofSeconds(3), 128));
    }

    @Test
    void everything_can_be_set() {
        OverloadSettings settings = new OverloadSettings(Duration.ZERO, 16);
        assertThat(settings.longestDelay()).isZero();
        assertThat(settings.postsAtOnce()).isEqualTo(16);
    }

    @Test
    void a_wrong_value_names_its_variable() {
        assertThatThrownBy(() -> new OverloadSettings(Duration.ofSeconds(-1), null))
                .hasMessageContaining("OVERLOAD_DELAY");
        assertThatThrownBy(() -> new OverloadSettings(null, 1)).hasMessageContaining("OVERLOAD_POSTS");
    }
}
