package dev.lightning.workflows.events;

import static dev.lightning.workflows.testing.Events.chat;
import static dev.lightning.workflows.testing.Events.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatPolicy;
import dev.lightning.workflows.testing.World;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The story of an event, told against a time-skipping server. */
class EventWorkflowTest {
    @Test
    void answers_a_chat_and_tells_the_user() {
        try (World world = World.builtin()) {
            world.chat.says("Hello, Alice");

            EventOutcome outcome = world.outcomeOf(chat("e1"));

            assertThat(outcome).isEqualTo(new EventOutcome(EventStatus.COMPLETED, null));
            assertThat(world.chat.calls).hasValue(1);
            EventReport report = world.rows.reportOf(new EventId("e1"));
            assertThat(report.status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(report.steps()).extracting(Step::name).containsExactly("chat", "notify");
            assertThat(report.steps()).extracting(Step::state).containsOnly(StepState.DONE);
        }
    }

    @Test
    void gives_an_emitted_event_its_place_in_the_chain() {
        try (World world = World.builtin()) {
            world.chat.says("Hello, Alice");

            world.outcomeOf(chat("e1"));

            Event response = world.rows.reportOf(new EventId("e1")).chain().getFirst();
            assertThat(response.id()).isEqualTo(new EventId("e1~1"));
            assertThat(response.type()).isEqualTo(EventTypes.LLM_CHAT_RESPONSE);
            assertThat(response.correlationId()).isEqualTo(new EventId("e1"));
            assertThat(response.causationId()).isEqualTo(new EventId("e1"));
            assertThat(response.hop()).isEqualTo(1);
            assertThat(response.metadata().text("reply")).isEqualTo("Hello, Alice");
            assertThat(world.notifications.announced.getFirst().message()).isEqualTo(response);
        }
    }

    @Test
    void ends_unrouted_when_nobody_handles_the_type() {
        try (World world = World.builtin()) {
            EventOutcome outcome = world.outcomeOf(of("e1", "order.created"));

            assertThat(outcome.status()).isEqualTo(EventStatus.UNROUTED);
            assertThat(world.rows.reportOf(new EventId("e1")).steps()).isEmpty();
        }
    }

    @Test
    void waits_as_long_as_the_model_asked() {
        try (World world = World.builtin()) {
            world.chat.asksToWait(Duration.ofMinutes(7)).says("finally");

            EventOutcome outcome = world.outcomeOf(chat("e1"));

            assertThat(outcome.status()).isEqualTo(EventStatus.COMPLETED);
            Step step = world.rows.reportOf(new EventId("e1")).steps().getFirst();
            assertThat(step.attempts()).isEqualTo(2);
            assertThat(Duration.between(step.startedAt(), step.endedAt()))
                    .isBetween(Duration.ofMinutes(7), Duration.ofMinutes(8));
        }
    }

    @Test
    void a_quick_answer_leaves_no_activity_in_the_history() {
        try (World world = World.builtin()) {
            WorkflowStub run = world.post(chat("e1"));

            assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(activitiesOf(world, run)).isEmpty();
        }
    }

    @Test
    void a_slow_answer_is_waited_for_by_an_activity_of_the_process_that_asked() {
        try (World world = World.builtin()) {
            world.chat.takesLongerIn(TaskQueues.ofProcess("here")).says("at last");

            WorkflowStub run = world.post(chat("e1"));

            assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(activitiesOf(world, run)).containsExactly("Chat.Reply in lightning-llm@here");
            assertThat(world.chat.calls).hasValue(1);
        }
    }

    @Test
    void an_answer_whose_process_has_died_is_asked_for_again_by_anybody() {
        try (World world = World.builtin()) {
            world.chat.takesLongerIn(TaskQueues.ofProcess("dead"));

            WorkflowStub run = world.post(chat("e1"));

            assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
            assertThat(activitiesOf(world, run))
                    .containsExactly("Chat.Reply in lightning-llm@dead", "Chat.Reply in lightning-events");
            Step step = world.rows.reportOf(new EventId("e1")).steps().getFirst();
            assertThat(Duration.between(step.startedAt(), step.endedAt()))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        }
    }

    private static List<String> activitiesOf(World world, WorkflowStub run) {
        return world.client().fetchHistory(run.getExecution().getWorkflowId()).getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
                .map(scheduled -> scheduled.getActivityType().getName() + " in "
                        + scheduled.getTaskQueue().getName())
                .toList();
    }

    @Test
    void fails_at_once_when_the_model_refuses() {
        try (World world = World.builtin()) {
            world.chat.fails(ChatFailure.REJECTED, "The model refused the key (401)");

            EventOutcome outcome = world.outcomeOf(chat("e1"));

            assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
            assertThat(outcome.reason()).isEqualTo(new Reason("Chat.REJECTED", "The model refused the key (401)"));
            assertThat(world.chat.calls).hasValue(1);
            Step step = world.rows.reportOf(new EventId("e1")).steps().getFirst();
            assertThat(step.state()).isEqualTo(StepState.FAILED);
            assertThat(step.lastError()).isEqualTo("The model refused the key (401)");
        }
    }

    @Test
    void fails_when_the_model_stays_away_longer_than_the_overall_limit() {
        try (World world = World.builtin()) {
            world.chat.alwaysFails(ChatFailure.UNAVAILABLE, "The model answered 500");

            EventOutcome outcome = world.outcomeOf(chat("e1"));

            assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
            assertThat(outcome.reason().message()).contains("The model answered 500");
            Step step = world.rows.reportOf(new EventId("e1")).steps().getFirst();
            assertThat(Duration.between(step.startedAt(), step.endedAt()))
                    .isBetween(ChatPolicy.OVERALL.minusMinutes(5), ChatPolicy.OVERALL.plusMinutes(1));
            assertThat(world.chat.calls.get()).isGreaterThan(300);
        }
    }

    @Test
    void a_defect_in_a_handler_ends_the_event_instead_of_hanging_it() {
        try (World world = World.with(new Handler("broken", event -> {
            throw new NullPointerException("a bug");
        }))) {
            EventOutcome outcome = world.outcomeOf(of("e1", "broken"));

            assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
            assertThat(outcome.reason().code()).isEqualTo("internal");
            assertThat(outcome.reason().message()).doesNotContain("a bug");
            assertThat(world.rows.reportOf(new EventId("e1")).steps().getFirst().state())
                    .isEqualTo(StepState.FAILED);
        }
    }

    @Test
    void a_defect_that_is_an_error_ends_the_event_too() {
        try (World world = World.with(new Handler("broken", event -> {
            throw new StackOverflowError();
        }))) {
            assertThat(world.outcomeOf(of("e1", "broken")).reason().code()).isEqualTo("internal");
        }
    }

    @Test
    void takes_a_chain_of_more_than_sixteen_hops_for_a_loop() {
        try (World world =
                World.with(new Handler("echo", event -> List.of(new Emission("echo", Metadata.empty(), null))))) {
            EventOutcome outcome = world.outcomeOf(of("e1", "echo"));

            assertThat(outcome.status()).isEqualTo(EventStatus.FAILED);
            assertThat(outcome.reason().code()).isEqualTo("hops.exceeded");
            assertThat(world.rows.reportOf(new EventId("e1")).steps()).hasSize(17);
        }
    }

    @Test
    void handles_emitted_events_in_the_order_of_their_emission() {
        try (World world = World.with(
                new Handler(
                        "fork",
                        event -> List.of(
                                new Emission("leaf", Metadata.empty(), null),
                                new Emission("leaf", Metadata.empty(), null))),
                new Handler("leaf", event -> List.of()))) {
            world.outcomeOf(of("e1", "fork"));

            assertThat(world.rows.reportOf(new EventId("e1")).steps())
                    .extracting(step -> step.eventId().value())
                    .containsExactly("e1", "e1~1", "e1~2");
        }
    }

    @Test
    void records_the_outcome_through_the_server_when_the_store_is_away_for_long() {
        try (World world = World.builtin()) {
            world.rows.isAwayFor(12);

            EventOutcome outcome = world.outcomeOf(of("e1", "order.created"));

            assertThat(outcome.status()).isEqualTo(EventStatus.UNROUTED);
            assertThat(world.rows.reportOf(new EventId("e1")).status()).isEqualTo(EventStatus.UNROUTED);
            assertThat(world.rows.regularCalls.get()).isGreaterThan(5);
        }
    }

    @Test
    void cancelling_a_running_event_ends_it_cancelled_with_a_report() {
        try (World world = World.builtin()) {
            world.chat.asksToWait(Duration.ofHours(1));
            WorkflowStub event = world.post(chat("e1"));
            world.letPass(Duration.ofMinutes(1));

            event.cancel();

            assertThatThrownBy(() -> event.getResult(EventOutcome.class))
                    .isInstanceOf(WorkflowFailedException.class)
                    .hasCauseInstanceOf(CanceledFailure.class);
            EventReport report = world.rows.reportOf(new EventId("e1"));
            assertThat(report.status()).isEqualTo(EventStatus.CANCELLED);
            assertThat(report.steps().getFirst().state()).isEqualTo(StepState.CANCELLED);
            assertThat(report.steps().getFirst().lastError()).isNull();
        }
    }

    @Test
    void shows_its_progress_while_it_runs() {
        try (World world = World.builtin()) {
            world.chat.asksToWait(Duration.ofHours(1));
            WorkflowStub event = world.post(chat("e1"));
            world.letPass(Duration.ofMinutes(1));

            EventReport progress = world.typed(event).progress();

            assertThat(progress.status()).isEqualTo(EventStatus.RUNNING);
            assertThat(progress.steps()).extracting(Step::state).containsExactly(StepState.RUNNING);
        }
    }

    private record Handler(String type, Function<Event, List<Emission>> work) implements EventHandler {
        @Override
        public boolean handles(String candidate) {
            return type.equals(candidate);
        }

        @Override
        public String step() {
            return type;
        }

        @Override
        public Handled handle(Event event, EventSubmission submission) {
            Workflow.sleep(Duration.ofSeconds(1));
            return Handled.done(Attempts.FIRST, work.apply(event));
        }
    }
}
