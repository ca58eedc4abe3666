package dev.lightning.workflows.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.testing.Events;
import dev.lightning.workflows.testing.World;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static final Event ORDER = Events.of("o1", "order.created");
    private static final Verdict ALICE = new Verdict("alice", null);

    private final World world = World.builtin();

    @BeforeEach
    void define() {
        world.tools.takeIfApproved("order.created", "pay");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void a_run_waits_for_days_and_begins_once_it_is_approved() {
        WorkflowStub event = postAndWait();
        world.letPass(Duration.ofDays(6));
        assertThat(world.runs.calls).isEmpty();

        Approval approval = pay().approve(new Verdict("root", "It is Friday"));

        assertThat(approval.decision()).isEqualTo(ApprovalDecision.APPROVED);
        assertThat(approval.by()).isEqualTo("root");
        assertThat(approval.reason()).isEqualTo("It is Friday");
        assertThat(event.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(states())
                .containsExactly(
                        ToolRunState.AWAITING_APPROVAL,
                        ToolRunState.QUEUED,
                        ToolRunState.PROVISIONING,
                        ToolRunState.RUNNING,
                        ToolRunState.COMPLETED);
        assertThat(last().approval()).isEqualTo(approval);
    }

    @Test
    void who_decides_sees_what_would_run_and_until_when() {
        postAndWait();

        ToolRunProgress progress = pay().progress();

        assertThat(progress.state()).isEqualTo(ToolRunState.AWAITING_APPROVAL);
        assertThat(progress.approval().proposal()).isEqualTo(new Proposal("process", null, List.of("true"), false));
        assertThat(pay().event().metadata()).isEqualTo(ORDER.metadata());
        assertThat(progress.approval().until()).isEqualTo(progress.since().plus(Duration.ofDays(7)));
        assertThat(ToolRunDetails.markdown(world.tools.records.getFirst().order(), progress))
                .contains(
                        "AWAITING_APPROVAL",
                        "needs approval before " + progress.approval().until(),
                        "\n    true");
    }

    @Test
    void a_rejected_run_fails_its_event_with_the_reason_that_was_given() {
        WorkflowStub event = postAndWait();

        pay().reject(new Verdict("alice", "Too dear"));

        EventOutcome outcome = event.getResult(EventOutcome.class);
        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.approval_rejected");
        assertThat(outcome.reason().message()).isEqualTo("pay: The run was rejected: Too dear");
        assertThat(world.rows.reportOf(ORDER.id()).steps())
                .extracting(Step::state)
                .containsExactly(StepState.FAILED);
        assertThat(states()).containsExactly(ToolRunState.AWAITING_APPROVAL, ToolRunState.REJECTED);
        assertThat(last().approval().by()).isEqualTo("alice");
        assertThat(world.runs.calls).isEmpty();
    }

    @Test
    void a_run_that_nobody_decides_about_ends_after_a_week() {
        WorkflowStub event = world.post(ORDER);

        EventOutcome outcome = event.getResult(EventOutcome.class);

        assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
        assertThat(outcome.reason().code()).isEqualTo("tool.approval_expired");
        assertThat(last().state()).isEqualTo(ToolRunState.REJECTED);
        assertThat(last().approval().decision()).isNull();
        assertThat(Duration.between(world.tools.records.getFirst().progress().since(), last().since()))
                .isBetween(Duration.ofDays(7), Duration.ofDays(7).plusMinutes(1));
        assertThat(world.runs.calls).isEmpty();
    }

    @Test
    void a_decision_can_be_repeated_but_not_contradicted_and_is_of_no_use_before_or_after() {
        world.runs.lasts("pay", Duration.ofMinutes(20));
        postAndWait();

        Approval first = pay().approve(ALICE);

        assertThat(pay().approve(new Verdict("root", "Me too"))).isEqualTo(first);
        assertThatThrownBy(() -> pay().reject(ALICE))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("has been approved already");
        world.tools.take("order.paid", "count");
        world.runs.lasts("count", Duration.ofMinutes(20));
        world.post(Events.of("o2", "order.paid"));
        awaitState("o2.count", ToolRunState.RUNNING);
        assertThatThrownBy(() -> run("o2.count").approve(ALICE))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("does not wait for approval");
    }

    @Test
    void an_event_that_is_cancelled_while_a_run_waits_takes_it_along() {
        WorkflowStub event = postAndWait();

        event.cancel();
        awaitState("o1.pay", ToolRunState.CANCELLED);

        assertThatThrownBy(() -> event.getResult(EventOutcome.class)).isInstanceOf(WorkflowFailedException.class);
        assertThat(world.rows.reportOf(ORDER.id()).status()).isEqualTo(EventStatus.CANCELLED);
        assertThat(world.runs.calls).isEmpty();
    }

    @Test
    void a_run_that_is_cancelled_while_it_waits_fails_its_event() {
        WorkflowStub event = postAndWait();

        world.client()
                .newUntypedWorkflowStub(TaskId.workflowId(Events.ALICE, "o1.pay"))
                .cancel();
        awaitState("o1.pay", ToolRunState.CANCELLED);

        assertThat(event.getResult(EventOutcome.class).reason().code()).isEqualTo("tool.cancelled");
    }

    @Test
    void an_event_that_is_tried_again_after_a_rejection_asks_again() {
        WorkflowStub event = postAndWait();
        pay().reject(ALICE);
        assertThat(event.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.FAILED);

        WorkflowStub again = world.post(ORDER);
        awaitState("o1.pay", ToolRunState.AWAITING_APPROVAL);
        pay().approve(ALICE);

        assertThat(again.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
    }

    private WorkflowStub postAndWait() {
        WorkflowStub event = world.post(ORDER);
        awaitState("o1.pay", ToolRunState.AWAITING_APPROVAL);
        await().until(() -> pay().progress().state() == ToolRunState.AWAITING_APPROVAL);
        return event;
    }

    /** Waits while time does not skip, as a test must that goes on to cancel something. */
    private void awaitState(String taskId, ToolRunState state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            List<ToolRunState> states = states(taskId);
            return !states.isEmpty() && states.getLast() == state;
        });
    }

    private List<ToolRunState> states() {
        return states("o1.pay");
    }

    private List<ToolRunState> states(String taskId) {
        return world.tools.records.stream()
                .filter(run -> run.order().taskId().equals(taskId))
                .map(run -> run.progress().state())
                .toList();
    }

    private ToolRunProgress last() {
        return world.tools.records.getLast().progress();
    }

    private ToolRunWorkflow pay() {
        return run("o1.pay");
    }

    private ToolRunWorkflow run(String taskId) {
        return world.client().newWorkflowStub(ToolRunWorkflow.class, TaskId.workflowId(Events.ALICE, taskId));
    }
}
