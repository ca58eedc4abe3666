package dev.lightning.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lightning.workflows.housekeeping.KeptKind;
import dev.lightning.workflows.housekeeping.Retention;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HousekeepingSettingsTest {
    @Test
    void unset_means_a_month_three_months_and_a_week() {
        assertThat(new HousekeepingSettings(null, null, null, null, null)
                        .order()
                        .retentions())
                .containsExactly(
                        new Retention(KeptKind.EVENTS, Duration.ofDays(30)),
                        new Retention(KeptKind.EFFECTS, Duration.ofDays(30)),
                        new Retention(KeptKind.MESSAGES, Duration.ofDays(90)),
                        new Retention(KeptKind.SCHEDULES, Duration.ofDays(7)),
                        new Retention(KeptKind.TASKS, Duration.ofDays(30)));
    }

    @Test
    void every_kind_has_its_own_setting() {
        assertThat(new HousekeepingSettings(
                                Duration.ofDays(1),
                                Duration.ofDays(2),
                                Duration.ofDays(3),
                                Duration.ofDays(4),
                                Duration.ofDays(5))
                        .order()
                        .retentions())
                .extracting(retention -> retention.keepFor().toDays())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void less_than_a_day_is_refused_with_its_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HousekeepingSettings(null, null, Duration.ofHours(23), null, null))
                .withMessageContaining("KEEP_MESSAGES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HousekeepingSettings(Duration.ofDays(40_000), null, null, null, null))
                .withMessageContaining("KEEP_EVENTS");
    }
}
