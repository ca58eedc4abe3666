package dev.lightning.workflows.notifications;

import static dev.lightning.workflows.testing.Events.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.testing.World;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How hard a message tries to reach its receiver. */
class NotificationTest {
    private final Event event = message("m1");

    @Test
    void is_delivered_at_the_first_attempt_when_the_receiver_is_there() {
        try (World world = World.builtin()) {
            world.outcomeOf(event);

            assertThat(world.notifications.attempts).containsExactly(1);
        }
    }

    @Test
    void is_tried_again_inside_the_event_for_about_a_minute() {
        try (World world = World.builtin()) {
            world.notifications.refuses(2);

            EventOutcome outcome = world.outcomeOf(event);

            assertThat(outcome.status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(world.notifications.attempts).containsExactly(1, 2, 3);
            Step done = world.rows.reportOf(event.id()).steps().getFirst();
            assertThat(Duration.between(done.startedAt(), done.endedAt()))
                    .isBetween(Duration.ofSeconds(33), Duration.ofMinutes(1));
            Step step = world.rows.reportOf(event.id()).steps().getFirst();
            assertThat(step.attempts()).isEqualTo(3);
            assertThat(step.lastError()).isEqualTo("503");
        }
    }

    @Test
    void outlives_its_event_in_a_delivery_of_its_own() {
        try (World world = World.builtin()) {
            world.notifications.refuses(5);

            EventOutcome outcome = world.outcomeOf(event);

            assertThat(outcome.status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(world.rows.reportOf(event.id()).steps().getFirst().state())
                    .isEqualTo(StepState.HANDED_OVER);
            assertThat(deliveryOf(world).getResult(DeliveryState.class)).isEqualTo(DeliveryState.DELIVERED);
            assertThat(world.notifications.attempts).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void is_given_up_after_the_last_gap() {
        try (World world = World.builtin()) {
            world.notifications.refuses(1_000);
            Instant before = world.now();
            world.outcomeOf(event);

            assertThat(deliveryOf(world).getResult(DeliveryState.class)).isEqualTo(DeliveryState.NOTIFY_FAILED);

            assertThat(world.notifications.attempts)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, NotificationPolicy.MAX_ATTEMPTS)
                            .boxed()
                            .toList());
            Duration gaps = NotificationPolicy.GAPS.stream().reduce(Duration.ZERO, Duration::plus);
            assertThat(Duration.between(before, world.now()))
                    .isGreaterThan(gaps.multipliedBy(8).dividedBy(10));
        }
    }

    @Test
    void a_broken_first_attempt_is_repeated_by_the_server() {
        try (World world = World.builtin()) {
            world.notifications.breaks(3);

            EventOutcome outcome = world.outcomeOf(event);

            assertThat(outcome.status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(world.notifications.announced).hasSize(1);
        }
    }

    @Test
    void cancelling_the_event_hands_the_message_over_instead_of_recalling_it() {
        try (World world = World.builtin()) {
            world.notifications.refuses(2);
            WorkflowStub running = world.post(event);
            world.letPass(Duration.ofSeconds(15));

            running.cancel();

            assertThatThrownBy(() -> running.getResult(EventOutcome.class)).isInstanceOf(WorkflowFailedException.class);
            assertThat(world.rows.reportOf(event.id()).status()).isEqualTo(EventStatus.CANCELLED);
            Step step = world.rows.reportOf(event.id()).steps().getFirst();
            assertThat(step.state()).isEqualTo(StepState.HANDED_OVER);
            assertThat(step.attempts()).isEqualTo(2);
            assertThat(step.lastError()).isEqualTo("503");
            assertThat(deliveryOf(world).getResult(DeliveryState.class)).isEqualTo(DeliveryState.DELIVERED);
        }
    }

    @Test
    void cancelling_before_the_second_attempt_hands_the_message_over_too() {
        try (World world = World.builtin()) {
            world.notifications.refuses(2);
            WorkflowStub running = world.post(event);
            world.letPass(Duration.ofSeconds(2));

            running.cancel();

            assertThatThrownBy(() -> running.getResult(EventOutcome.class)).isInstanceOf(WorkflowFailedException.class);
            Step step = world.rows.reportOf(event.id()).steps().getFirst();
            assertThat(step.state()).isEqualTo(StepState.HANDED_OVER);
            assertThat(step.attempts()).isEqualTo(1);
            assertThat(step.lastError()).isEqualTo("503");
            assertThat(deliveryOf(world).getResult(DeliveryState.class)).isEqualTo(DeliveryState.DELIVERED);
        }
    }

    private WorkflowStub deliveryOf(World world) {
        return world.client().newUntypedWorkflowStub(DeliveryWorkflowId.of(event));
    }
}
