package dev.lightning.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleSettingsTest {
    @Test
    void what_is_not_set_has_its_default() {
        ScheduleSettings settings = new ScheduleSettings(null, null, null);

        assertThat(settings.catchUpWindow()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.horizon()).isEqualTo(Duration.ofDays(365));
        assertThat(settings.maxPerUser()).isEqualTo(1_000);
    }

    @Test
    void what_is_set_is_taken() {
        ScheduleSettings settings = new ScheduleSettings(Duration.ofMinutes(5), Duration.ofDays(30), 7);

        assertThat(settings.catchUpWindow()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.horizon()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.maxPerUser()).isEqualTo(7);
    }

    @Test
    void what_makes_no_sense_is_refused_by_the_variables_name() {
        assertThatThrownBy(() -> new ScheduleSettings(Duration.ofSeconds(9), null, null))
                .hasMessageContaining("SCHEDULE_CATCH_UP_WINDOW");
        assertThatThrownBy(() -> new ScheduleSettings(null, Duration.ZERO, null))
                .hasMessageContaining("SCHEDULE_HORIZON");
        assertThatThrownBy(() -> new ScheduleSettings(null, null, 0)).hasMessageContaining("SCHEDULE_MAX_PER_USER");
    }
}
