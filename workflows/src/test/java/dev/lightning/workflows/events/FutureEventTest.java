package dev.lightning.workflows.events;

import static dev.lightning.workflows.testing.Events.ALICE;
import static dev.lightning.workflows.testing.Events.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.testing.World;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Events that sleep until they are due, and events that a schedule starts. */
class FutureEventTest {
    @Test
    void sleeps_until_it_is_due() {
        try (World world = World.builtin()) {
            Instant due = world.now().plus(Duration.ofDays(90));
            WorkflowStub event = world.postFor(message("e1"), due);
            assertThat(world.typed(event).progress().status()).isEqualTo(EventStatus.SCHEDULED);

            event.getResult(EventOutcome.class);

            assertThat(startOf("e1", world)).isBetween(due, due.plus(Duration.ofMinutes(1)));
            assertThat(world.rows.reportOf(new EventId("e1")).status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(world.rows.reportOf(new EventId("e1")).due()).isEqualTo(due);
        }
    }

    @Test
    void can_be_moved_to_an_earlier_time() {
        try (World world = World.builtin()) {
            WorkflowStub event = world.postFor(message("e1"), world.now().plus(Duration.ofDays(90)));
            Instant earlier = world.now().plus(Duration.ofHours(1));

            world.typed(event).reschedule(earlier);

            event.getResult(EventOutcome.class);
            assertThat(startOf("e1", world)).isBetween(earlier, earlier.plus(Duration.ofMinutes(1)));
        }
    }

    @Test
    void can_be_moved_to_a_later_time() {
        try (World world = World.builtin()) {
            WorkflowStub event = world.postFor(message("e1"), world.now().plus(Duration.ofHours(1)));
            Instant later = world.now().plus(Duration.ofDays(3));

            world.typed(event).reschedule(later);
            world.letPass(Duration.ofDays(2));

            assertThat(world.typed(event).progress().status()).isEqualTo(EventStatus.SCHEDULED);
            event.getResult(EventOutcome.class);
            assertThat(startOf("e1", world)).isBetween(later, later.plus(Duration.ofMinutes(1)));
        }
    }

    @Test
    void can_be_called_off() {
        try (World world = World.builtin()) {
            WorkflowStub event = world.postFor(message("e1"), world.now().plus(Duration.ofDays(90)));

            world.typed(event).cancel();

            assertThat(event.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.CANCELLED);
            assertThat(world.notifications.announced).isEmpty();
            assertThat(world.rows.reportOf(new EventId("e1")).status()).isEqualTo(EventStatus.CANCELLED);
        }
    }

    @Test
    void cannot_be_moved_or_called_off_once_it_has_started() {
        try (World world = World.builtin()) {
            world.notifications.refuses(1);
            WorkflowStub event = world.post(message("e1"));

            assertThatThrownBy(() -> world.typed(event).reschedule(world.now().plus(Duration.ofDays(1))))
                    .isInstanceOf(WorkflowUpdateException.class);
            assertThatThrownBy(() -> world.typed(event).cancel()).isInstanceOf(WorkflowUpdateException.class);
            assertThat(event.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        }
    }

    @Test
    void runs_at_once_when_its_time_has_passed() {
        try (World world = World.builtin()) {
            WorkflowStub event = world.postFor(message("e1"), world.now().minusSeconds(30));

            assertThat(event.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        }
    }

    @Test
    void a_run_of_a_schedule_takes_its_id_from_the_workflow_and_says_what_triggered_it() {
        try (World world = World.builtin()) {
            WorkflowStub run = world.client()
                    .newUntypedWorkflowStub(
                            "Event",
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(TaskQueues.EVENTS)
                                    .setWorkflowId(EventWorkflowId.ofRuns(ALICE, "daily") + "-2026-11-21T10:00:00Z")
                                    .build());

            run.start(new EventSubmission(message("template"), null, "daily", null, null));
            run.getResult(EventOutcome.class);

            Event arrived = world.rows.arrivals.getFirst();
            assertThat(arrived.id()).isEqualTo(new EventId("daily-2026-11-21T10:00:00Z"));
            assertThat(arrived.correlationId()).isEqualTo(arrived.id());
            assertThat(arrived.metadata().asMap().get("trigger"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("type", "schedule.triggered")
                    .containsEntry("scheduleId", "daily");
            assertThat(world.rows.reportOf(arrived.id()).status()).isEqualTo(EventStatus.COMPLETED);
        }
    }

    private static Instant startOf(String id, World world) {
        return world.rows.reportOf(new EventId(id)).steps().getFirst().startedAt();
    }
}
