package dev.lightning.workflows.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.testing.Events;
import dev.lightning.workflows.testing.World;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunQueueTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final World world = World.builtin();
    private final RunQueueWorkflow queue = world.client()
            .newWorkflowStub(
                    RunQueueWorkflow.class,
                    WorkflowOptions.newBuilder()
                            .setWorkflowId(RunQueueWorkflow.idOf(Events.ALICE.key()))
                            .setTaskQueue(TaskQueues.EVENTS)
                            .build());

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whoever_was_overtaken_on_the_way_goes_ahead_of_those_that_wait() {
        WorkflowClient.start(queue::run, RunQueueState.EMPTY);

        enter("second", NOON.plusMillis(2));
        enter("fourth", NOON.plusMillis(4));
        enter("third", NOON.plusMillis(3));
        enter("first", NOON.plusMillis(1));
        enter("also third", NOON.plusMillis(3));

        await().until(() -> queue.state().waiting().size() == 5);
        assertThat(queue.state().waiting())
                .extracting(RunTicket::workflowId)
                .containsExactly("first", "second", "third", "also third", "fourth");
    }

    @Test
    void a_run_that_does_not_say_when_its_event_came_keeps_its_place() {
        WorkflowClient.start(queue::run, RunQueueState.EMPTY);

        enter("late", NOON.plusMillis(9));
        enter("approved", null);
        enter("early", NOON);

        await().until(() -> queue.state().waiting().size() == 3);
        assertThat(queue.state().waiting())
                .extracting(RunTicket::workflowId)
                .containsExactly("late", "approved", "early");
    }

    private void enter(String workflowId, @Nullable Instant since) {
        queue.enter(new RunTicket(workflowId, "paused", 0, Events.ALICE.key(), 16, since));
    }
}
