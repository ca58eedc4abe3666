package dev.lightning.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
    @Test
    void without_a_choice_every_queue_that_has_work_is_polled() {
        assertThat(settings(List.of(), "lightning-events").queues())
                .containsExactly("lightning-events", "lightning-notify", "lightning-tools");
        assertThat(settings(List.of(), "lightning-llm").queues())
                .containsExactly("lightning-events", "lightning-llm", "lightning-notify", "lightning-tools");
    }

    @Test
    void a_chosen_queue_is_the_only_one() {
        assertThat(settings(List.of("lightning-llm"), "lightning-events").queues())
                .containsExactly("lightning-llm");
    }

    @Test
    void an_unknown_queue_is_refused_with_the_names_that_exist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(List.of("lightning-evnets"), "lightning-events"))
                .withMessageContainingAll(
                        "WORKER_QUEUES", "lightning-events, lightning-llm, lightning-notify, lightning-tools");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(List.of(), "elsewhere"))
                .withMessageContainingAll("LLM_QUEUE", "lightning-events, lightning-llm");
    }

    @Test
    void limits_that_make_no_sense_are_refused_with_their_names() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerSettings(List.of(), "lightning-llm", 10, 10, 0, 0, Duration.ofSeconds(1)))
                .withMessageContaining("LLM_MAX_CONCURRENT");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new WorkerSettings(List.of(), "lightning-llm", 10, 10, 1, -0.1, Duration.ofSeconds(1)))
                .withMessageContaining("LLM_RATE_PER_SECOND");
    }

    private static WorkerSettings settings(List<String> queues, String modelQueue) {
        return new WorkerSettings(queues, modelQueue, 10, 10, 10, 0, Duration.ofSeconds(1));
    }
}
