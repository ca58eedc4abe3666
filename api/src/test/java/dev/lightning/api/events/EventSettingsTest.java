package dev.lightning.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventSettingsTest {
    @Test
    void defaults_hold_for_what_is_not_set() {
        EventSettings settings = new EventSettings(null, null, " ", null);
        assertThat(settings).isEqualTo(new EventSettings(200, 400, null, null));
    }

    @Test
    void a_low_rate_still_lets_a_full_batch_through() {
        assertThat(new EventSettings(1, null, null, null).burst()).isEqualTo(100);
    }

    @Test
    void everything_can_be_set() {
        EventSettings settings = new EventSettings(7, 300, "lightning-llm", "https://temporal.example/ui");
        assertThat(settings.rate()).isEqualTo(7);
        assertThat(settings.burst()).isEqualTo(300);
        assertThat(settings.modelQueue()).isEqualTo("lightning-llm");
        assertThat(settings.temporalUi()).isEqualTo("https://temporal.example/ui");
    }

    @Test
    void a_wrong_value_names_its_variable() {
        assertThatThrownBy(() -> new EventSettings(0, null, null, null)).hasMessageContaining("EVENTS_RATE_PER_SECOND");
        assertThatThrownBy(() -> new EventSettings(null, 1, null, null)).hasMessageContaining("EVENTS_RATE_BURST");
        assertThatThrownBy(() -> new EventSettings(null, null, null, "javascript:x"))
                .hasMessageContaining("TEMPORAL_UI_ADDRESS");
    }
}
