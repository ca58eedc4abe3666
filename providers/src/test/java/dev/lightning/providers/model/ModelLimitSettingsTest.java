package dev.lightning.providers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ModelLimitSettingsTest {
    @Test
    void unset_means_thirty_two_at_once_and_no_rate() {
        assertThat(new ModelLimitSettings(null, null)).isEqualTo(new ModelLimitSettings(32, 0.0));
    }

    @Test
    void a_rate_may_be_below_one_a_second() {
        assertThat(new ModelLimitSettings(1, 0.5).ratePerSecond()).isEqualTo(0.5);
        assertThat(new ModelLimitSettings(1, 0.5).withoutRate()).isEqualTo(new ModelLimitSettings(1, 0.0));
    }

    @Test
    void what_makes_no_sense_is_refused_with_its_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLimitSettings(0, null))
                .withMessageContaining("LLM_MAX_CONCURRENT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLimitSettings(1, -1.0))
                .withMessageContaining("LLM_RATE_PER_SECOND");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLimitSettings(1, Double.NaN))
                .withMessageContaining("LLM_RATE_PER_SECOND");
    }
}
