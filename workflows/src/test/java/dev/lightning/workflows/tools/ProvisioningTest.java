package dev.lightning.workflows.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.testing.Events;
import dev.lightning.workflows.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs on machines that take their time to come, are taken away, and take their time to go. */
class ProvisioningTest {
    private static final Event ORDER = Events.of("o1", "order.created");

    private final World world = World.builtin();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void a_machine_that_takes_minutes_is_asked_about_as_often_as_it_says() {
        world.tools.take("order.created", "count");
        world.runs.machineComesAfter("count", Duration.ofMinutes(3));

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(calls("start")).isEqualTo(1);
        assertThat(calls("look")).isBetween(6L, 8L);
    }

    @Test
    void a_machine_that_never_comes_fails_the_event_and_what_there_is_of_it_is_removed() {
        world.tools.take("order.created", "count");
        world.runs.machineComesAfter("count", Duration.ofDays(1));

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.unavailable");
        assertThat(world.runs.calls).endsWith("remove o1.count");
        assertThat(world.runs.provisioned).isEmpty();
    }

    @Test
    void a_run_whose_machine_is_taken_away_begins_anew_on_another() {
        world.tools.take("order.created", "count");
        world.runs.lasts("count", Duration.ofMinutes(10));
        world.runs.isInterrupted("count", 2);

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(calls("start")).isEqualTo(3);
        assertThat(calls("remove")).isEqualTo(3);
        assertThat(calls("collect")).isEqualTo(1);
        assertThat(last().interruptions()).isEqualTo(2);
    }

    @Test
    void a_run_whose_machine_is_taken_away_again_and_again_fails_with_the_reason() {
        world.tools.take("order.created", "count");
        world.runs.lasts("count", Duration.ofMinutes(10));
        world.runs.isInterrupted("count", 100);

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().message()).isEqualTo("count: The machine was taken away");
        assertThat(calls("start")).isEqualTo(6);
        assertThat(world.runs.provisioned).isEmpty();
    }

    @Test
    void a_removal_that_takes_its_time_is_asked_for_until_nothing_is_left() {
        world.tools.take("order.created", "count");
        world.runs.removalNeeds("o1.count", 4);

        world.outcomeOf(ORDER);

        assertThat(calls("remove")).isEqualTo(5);
        assertThat(world.runs.provisioned).isEmpty();
    }

    private long calls(String kind) {
        return world.runs.calls.stream()
                .filter(call -> call.equals(kind + " o1.count"))
                .count();
    }

    private ToolRunProgress last() {
        List<ToolRunProgress> all =
                world.tools.records.stream().map(ToolRunRecord::progress).toList();
        return all.getLast();
    }
}
