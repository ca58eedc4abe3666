package dev.lightning.workflows.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.testing.Events;
import dev.lightning.workflows.testing.World;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolRunTest {
    private static final Event ORDER = Events.of("o1", "order.created");

    private final World world = World.builtin();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void what_a_tool_says_becomes_an_event_that_is_handled_too() {
        world.tools.take("order.created", "count");
        world.tools.take("tool.count.result", "archive");

        assertThat(world.outcomeOf(ORDER).status()).isEqualTo(EventStatus.COMPLETED);

        EventReport report = world.rows.reportOf(ORDER.id());
        assertThat(report.chain()).extracting(Event::type).containsExactly("tool.count.result", "tool.archive.result");
        assertThat(report.chain().getFirst().metadata().get("tool")).isEqualTo("count");
        assertThat(report.steps()).extracting(Step::name).containsExactly("count", "archive");
        assertThat(states("o1.count"))
                .containsExactly(ToolRunState.REQUESTED, ToolRunState.RUNNING, ToolRunState.COMPLETED);
        assertThat(world.runs.provisioned).isEmpty();
    }

    @Test
    void an_owner_without_tools_is_asked_about_once_an_event() {
        assertThat(world.outcomeOf(Events.chat("c1")).status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(world.tools.asked).hasSize(1);
    }

    @Test
    void tools_run_side_by_side_and_a_quick_result_does_not_wait_for_a_slow_one() {
        world.tools.take("order.created", "quick", "slow");
        world.tools.take("tool.quick.result", "next");
        world.runs.lasts("slow", Duration.ofMinutes(30));

        WorkflowStub run = world.post(ORDER);
        world.letPass(Duration.ofMinutes(10));

        assertThat(states("o1~1.next")).contains(ToolRunState.COMPLETED);
        assertThat(states("o1.slow")).doesNotContain(ToolRunState.COMPLETED);
        assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(states("o1.slow")).contains(ToolRunState.COMPLETED);
    }

    @Test
    void a_long_run_is_looked_after_in_growing_gaps() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));

        world.outcomeOf(ORDER);

        assertThat(world.runs.calls.stream().filter(call -> call.startsWith("look")))
                .hasSizeBetween(50, 110);
    }

    @Test
    void a_run_is_ended_at_its_deadline_and_its_output_kept() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofHours(5));

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.timed_out");
        assertThat(last("o1.slow").state()).isEqualTo(ToolRunState.TIMED_OUT);
        assertThat(last("o1.slow").result().metadata().get("exitCode")).isEqualTo(0);
        assertThat(world.runs.calls).endsWith("stop o1.slow", "collect o1.slow", "remove o1.slow");
    }

    @Test
    void a_deadline_can_be_extended_while_the_tool_runs() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofHours(5));
        WorkflowStub run = world.post(ORDER);
        world.letPass(Duration.ofMinutes(50));

        ToolRunWorkflow slow = run("o1.slow");
        assertThatThrownBy(() -> slow.extendDeadline(Duration.ofDays(8))).isInstanceOf(WorkflowUpdateException.class);
        assertThat(slow.extendDeadline(Duration.ofHours(6)))
                .isEqualTo(slow.progress().deadline());

        assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
    }

    @Test
    void a_cancelled_event_takes_its_tools_along() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));
        WorkflowStub run = world.post(ORDER);
        world.letPass(Duration.ofMinutes(5));

        run.cancel();
        awaitEnd("o1.slow", ToolRunState.CANCELLED);

        assertThatThrownBy(() -> run.getResult(EventOutcome.class)).isInstanceOf(WorkflowFailedException.class);
        assertThat(world.rows.reportOf(ORDER.id()).status()).isEqualTo(EventStatus.CANCELLED);
        assertThat(last("o1.slow").state()).isEqualTo(ToolRunState.CANCELLED);
        assertThat(world.runs.calls).endsWith("stop o1.slow", "collect o1.slow", "remove o1.slow");
        assertThat(world.runs.provisioned).isEmpty();
    }

    @Test
    void what_nothing_can_be_read_of_is_removed_when_it_was_cancelled() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));
        world.runs.areUnreadable();
        WorkflowStub run = world.post(ORDER);
        world.letPass(Duration.ofMinutes(5));

        run.cancel();
        world.letPass(Duration.ofMinutes(15));
        awaitEnd("o1.slow", ToolRunState.CANCELLED);

        assertThat(world.runs.calls).endsWith("collect o1.slow", "remove o1.slow");
        assertThat(world.runs.provisioned).isEmpty();
    }

    @Test
    void a_cancelled_tool_fails_its_event() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));
        WorkflowStub run = world.post(ORDER);
        world.letPass(Duration.ofMinutes(5));

        world.client()
                .newUntypedWorkflowStub(TaskId.workflowId(Events.ALICE, "o1.slow"))
                .cancel();
        awaitEnd("o1.slow", ToolRunState.CANCELLED);

        EventOutcome outcome = run.getResult(EventOutcome.class);
        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.cancelled");
        assertThat(world.rows.reportOf(ORDER.id()).steps())
                .extracting(Step::state)
                .containsExactly(StepState.FAILED);
    }

    @Test
    void a_tool_that_cannot_start_fails_its_event_after_the_others_have_ended() {
        world.tools.take("order.created", "broken", "slow");
        world.runs.rejects("broken");
        world.runs.lasts("slow", Duration.ofMinutes(30));

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.rejected");
        assertThat(outcome.reason().message()).isEqualTo("broken: There is no image of this name");
        assertThat(last("o1.slow").state()).isEqualTo(ToolRunState.COMPLETED);
        assertThat(world.runs.calls).contains("remove o1.broken");
    }

    @Test
    void a_worker_task_that_cannot_be_done_as_asked_fails_its_event_with_the_reason() {
        world.tools.refuse("worker.task", CheckoutFailure.REPOSITORY_UNKNOWN.type());

        EventOutcome outcome = world.outcomeOf(Events.of("t1", "worker.task"));

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("task.repository_unknown");
        assertThat(world.runs.calls).isEmpty();
    }

    @Test
    void a_worker_task_is_a_run_whose_result_is_an_event_of_the_chain() {
        world.tools.take("worker.task", "worker-task");

        assertThat(world.outcomeOf(Events.of("t1", "worker.task")).status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(states("t1.worker-task"))
                .containsExactly(ToolRunState.REQUESTED, ToolRunState.RUNNING, ToolRunState.COMPLETED);
    }

    @Test
    void a_tool_that_vanishes_fails_its_event() {
        world.tools.take("order.created", "slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));
        WorkflowStub run = world.post(ORDER);
        world.letPass(Duration.ofMinutes(5));
        world.runs.lose("o1.slow");

        assertThat(run.getResult(EventOutcome.class).reason().code()).isEqualTo("tool.lost");
    }

    @Test
    void what_completed_before_is_not_done_again() {
        world.tools.take("order.created", "count");
        world.tools.completed.put(
                "o1.count", new ToolRunResult(ToolRunState.COMPLETED, null, Metadata.of(Map.of("exitCode", 3)), null));

        assertThat(world.outcomeOf(ORDER).status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(world.runs.calls).isEmpty();
        assertThat(world.rows.reportOf(ORDER.id()).chain().getFirst().metadata().get("exitCode"))
                .isEqualTo(3);
    }

    @Test
    void there_are_never_more_runs_at_once_than_replicas_and_they_begin_in_order() {
        world.tools.takeAtOnce("order.created", "one", 2);
        world.runs.lasts("one", Duration.ofMinutes(20));
        List<WorkflowStub> runs = IntStream.range(0, 7)
                .mapToObj(n -> {
                    WorkflowStub run = world.post(Events.of("q" + n, "order.created"));
                    world.letPass(Duration.ofSeconds(5));
                    return run;
                })
                .toList();
        assertThat(queue().running()).hasSize(2);
        assertThat(queue().waiting())
                .extracting(RunTicket::workflowId)
                .containsExactly(id("q2"), id("q3"), id("q4"), id("q5"), id("q6"));

        runs.forEach(
                run -> assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED));

        assertThat(world.runs.mostAtOnce.get()).isEqualTo(2);
        assertThat(world.runs.calls.stream().filter(call -> call.startsWith("start")))
                .containsExactly(
                        "start q0.one",
                        "start q1.one",
                        "start q2.one",
                        "start q3.one",
                        "start q4.one",
                        "start q5.one",
                        "start q6.one");
    }

    @Test
    void what_waits_for_a_paused_tool_begins_when_its_definition_says_so() {
        world.tools.takeAtOnce("order.created", "one", 0);
        WorkflowStub first = world.post(Events.of("q0", "order.created"));
        WorkflowStub second = world.post(Events.of("q1", "order.created"));
        world.letPass(Duration.ofDays(3));
        assertThat(queue().running()).isEmpty();
        assertThat(queue().placeOf(id("q1")))
                .hasValueSatisfying(place -> assertThat(place.replicas()).isZero());

        world.tools.limits.put("one", 1);
        queueStub().definitionChanged();

        assertThat(first.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(second.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(world.runs.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void a_pause_holds_what_waits_already_and_is_found_out_without_being_told() {
        world.tools.takeAtOnce("order.created", "one", 1);
        world.runs.lasts("one", Duration.ofMinutes(20));
        WorkflowStub first = world.post(Events.of("q0", "order.created"));
        world.letPass(Duration.ofSeconds(5));
        WorkflowStub second = world.post(Events.of("q1", "order.created"));
        world.letPass(Duration.ofSeconds(5));

        world.tools.limits.put("one", 0);
        world.letPass(Duration.ofHours(5));
        assertThat(first.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(queue().waiting()).extracting(RunTicket::workflowId).containsExactly(id("q1"));
        world.tools.limits.put("one", 2);

        assertThat(second.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
    }

    @Test
    void a_user_has_so_many_runs_at_once_whatever_the_tools() {
        world.tools.perUser = 1;
        world.tools.take("order.created", "one", "two");
        world.runs.lasts("one", Duration.ofMinutes(20));
        world.runs.lasts("two", Duration.ofMinutes(20));

        assertThat(world.outcomeOf(ORDER).status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(world.runs.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void a_run_that_waits_can_be_cancelled_and_leaves_its_place() {
        world.tools.takeAtOnce("order.created", "one", 1);
        world.runs.lasts("one", Duration.ofMinutes(20));
        WorkflowStub first = world.post(Events.of("q0", "order.created"));
        world.letPass(Duration.ofSeconds(5));
        WorkflowStub second = world.post(Events.of("q1", "order.created"));
        world.letPass(Duration.ofSeconds(5));

        second.cancel();
        awaitEnd("q1.one", ToolRunState.CANCELLED);

        assertThatThrownBy(() -> second.getResult(EventOutcome.class)).isInstanceOf(WorkflowFailedException.class);
        assertThat(last("q1.one").state()).isEqualTo(ToolRunState.CANCELLED);
        assertThat(queue().waiting()).isEmpty();
        assertThat(first.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(world.runs.calls).doesNotContain("start q1.one", "remove q1.one");
    }

    @Test
    void an_engine_that_stays_away_fails_the_event_within_minutes_and_the_rest_is_left_to_the_sweep() {
        world.tools.take("order.created", "count");
        world.runs.isAway();

        EventOutcome outcome = world.outcomeOf(ORDER);

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.unavailable");
        EventReport report = world.rows.reportOf(ORDER.id());
        assertThat(Duration.between(
                        report.steps().getFirst().startedAt(),
                        report.steps().getFirst().endedAt()))
                .isLessThan(Duration.ofMinutes(20));
    }

    @Test
    void a_start_outlives_any_number_of_workers() {
        try (World mortal = World.whereDeathIsNoticedAtOnce()) {
            mortal.tools.take("order.created", "count");
            mortal.runs.workersDie(30);

            assertThat(mortal.outcomeOf(ORDER).status()).isEqualTo(EventStatus.COMPLETED);
        }
    }

    @Test
    void a_run_that_was_terminated_does_not_block_the_others_for_long() {
        world.tools.takeAtOnce("order.created", "one", 1);
        world.runs.lasts("one", Duration.ofMinutes(20));
        world.post(Events.of("q0", "order.created"));
        world.letPass(Duration.ofMinutes(7));
        WorkflowStub second = world.post(Events.of("q1", "order.created"));
        world.terminate(id("q0"));
        world.tools.closed.add(id("q0"));

        assertThat(second.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
    }

    @Test
    void a_run_that_was_terminated_gives_its_place_back_however_many_come() {
        world.tools.takeAtOnce("order.created", "one", 1);
        world.runs.lasts("one", Duration.ofHours(2));
        world.post(Events.of("q0", "order.created"));
        world.letPass(Duration.ofMinutes(7));
        world.post(Events.of("q1", "order.created"));
        world.terminate(id("q0"));
        world.tools.closed.add(id("q0"));

        for (int n = 2; n < 8; n++) {
            world.letPass(Duration.ofSeconds(30));
            world.post(Events.of("q" + n, "order.created"));
        }

        assertThat(queue().running()).extracting(RunTicket::workflowId).containsExactly(id("q1"));
    }

    @Test
    void a_run_that_has_to_wait_for_its_turn_says_so_and_one_that_need_not_does_not() {
        world.tools.takeAtOnce("order.created", "one", 1);
        world.runs.lasts("one", Duration.ofMinutes(20));
        world.post(Events.of("q0", "order.created"));
        world.letPass(Duration.ofSeconds(5));
        WorkflowStub second = world.post(Events.of("q1", "order.created"));
        world.letPass(Duration.ofSeconds(5));
        WorkflowStub third = world.post(Events.of("q2", "order.created"));
        world.letPass(Duration.ofSeconds(5));

        assertThat(states("q0.one")).containsExactly(ToolRunState.REQUESTED, ToolRunState.RUNNING);
        assertThat(last("q1.one").state()).isEqualTo(ToolRunState.QUEUED);
        assertThat(queue().placeOf(id("q0"))).isEmpty();
        assertThat(queue().placeOf(id("q1"))).contains(new QueuePlace(1, 2, 1, 1));
        assertThat(queue().placeOf(id("q2"))).contains(new QueuePlace(2, 2, 1, 1));
        assertThat(second.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(third.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(states("q1.one"))
                .containsExactly(
                        ToolRunState.REQUESTED,
                        ToolRunState.QUEUED,
                        ToolRunState.PROVISIONING,
                        ToolRunState.RUNNING,
                        ToolRunState.COMPLETED);
    }

    @Test
    void a_place_counts_only_who_waits_for_the_same_tool_or_has_the_same_user() {
        RunTicket other = new RunTicket("w1", "two", null, "bob", 1);
        RunTicket sameTool = new RunTicket("w2", "one", 1, "bob", 1);
        RunTicket sameUser = new RunTicket("w3", "two", null, "alice", 1);
        RunTicket ours = new RunTicket("w4", "one", 1, "alice", 1);
        RunTicket running = new RunTicket("w0", "one", 1, "carol", 1);
        RunQueueState queue = new RunQueueState(List.of(running), List.of(other, sameTool, sameUser, ours));

        assertThat(queue.placeOf("w4")).contains(new QueuePlace(3, 3, 1, 1));
        assertThat(queue.placeOf("w1")).contains(new QueuePlace(1, 3, 0, null));
    }

    @Test
    void a_place_does_not_count_who_waits_for_another_tool_that_is_paused() {
        RunTicket paused = new RunTicket("w1", "paused", 0, "alice", 1);
        RunTicket ours = new RunTicket("w2", "one", 1, "alice", 1);
        RunTicket alsoPaused = new RunTicket("w3", "paused", 0, "alice", 1);
        RunQueueState queue = new RunQueueState(List.of(), List.of(paused, ours, alsoPaused));

        assertThat(queue.placeOf("w2")).contains(new QueuePlace(1, 1, 0, 1));
        assertThat(queue.placeOf("w3")).contains(new QueuePlace(3, 3, 0, 0));
    }

    /**
     * Waits while time does not skip: in the test server, unlike a real one, a timer that fires while a workflow is about
     * to cancel it makes the workflow's task fail for ever.
     */
    private void awaitEnd(String taskId, ToolRunState state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> last(taskId).state() == state);
    }

    private RunQueueState queue() {
        return queueStub().state();
    }

    private RunQueueWorkflow queueStub() {
        return world.client().newWorkflowStub(RunQueueWorkflow.class, RunQueueWorkflow.idOf(Events.ALICE.key()));
    }

    private static String id(String event) {
        return TaskId.workflowId(Events.ALICE, event + ".one");
    }

    private List<ToolRunState> states(String taskId) {
        return world.tools.records.stream()
                .filter(run -> run.order().taskId().equals(taskId))
                .map(run -> run.progress().state())
                .toList();
    }

    private ToolRunProgress last(String taskId) {
        return world.tools.records.stream()
                .filter(run -> run.order().taskId().equals(taskId))
                .toList()
                .getLast()
                .progress();
    }

    private ToolRunWorkflow run(String taskId) {
        return world.client().newWorkflowStub(ToolRunWorkflow.class, TaskId.workflowId(Events.ALICE, taskId));
    }
}
