package dev.lightning.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolOptionsTest {
    @Test
    void the_models_own_pool_has_the_models_limits() {
        WorkerOptions options = PoolOptions.of("lightning-llm", settings(2.5));

        assertThat(options.getMaxConcurrentActivityExecutionSize()).isEqualTo(7);
        assertThat(options.getMaxTaskQueueActivitiesPerSecond()).isEqualTo(2.5);
    }

    @Test
    void a_rate_of_zero_is_unlimited() {
        assertThat(PoolOptions.of("lightning-llm", settings(0)).getMaxTaskQueueActivitiesPerSecond())
                .isZero();
    }

    @Test
    void every_other_pool_has_the_slots_of_the_machine_and_no_rate() {
        for (String queue : List.of("lightning-events", "lightning-notify")) {
            WorkerOptions options = PoolOptions.of(queue, settings(2.5));

            assertThat(options.getMaxConcurrentActivityExecutionSize()).isEqualTo(100);
            assertThat(options.getMaxTaskQueueActivitiesPerSecond()).isZero();
        }
    }

    private static WorkerSettings settings(double rate) {
        return new WorkerSettings(List.of(), "lightning-llm", 100, 400, 7, rate, Duration.ofSeconds(1));
    }
}
