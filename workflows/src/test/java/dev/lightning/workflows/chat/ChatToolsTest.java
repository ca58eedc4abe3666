package dev.lightning.workflows.chat;

import static dev.lightning.workflows.testing.ScriptedChat.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lightning.workflows.chat.ToolCall.Refusal;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.testing.Events;
import dev.lightning.workflows.testing.World;
import dev.lightning.workflows.tools.TaskId;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stories of chats whose model calls tools. */
class ChatToolsTest {
    private static final Event CHAT = Events.chat("c1");

    private final World world = World.builtin();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void what_a_tool_says_goes_back_to_the_model_which_then_answers() {
        world.tools.offer("count");
        world.runs.says("count", Map.of("exitCode", 0, "data", Map.of("words", 2), "stdout", "{\"words\":2}"));
        world.chat.asksFor(call("count")).says("Two words");

        EventReport report = completed(CHAT);

        assertThat(report.chain())
                .extracting(event -> event.type() + " " + event.id() + " because of " + event.causationId())
                .containsExactly(
                        "tool.count.call c1~1~1 because of c1",
                        "tool.count.result c1~1 because of c1~1~1",
                        "llm.chat.response c1~2 because of c1");
        assertThat(report.chain()).extracting(Event::hop).containsExactly(1, 2, 1);
        assertThat(report.chain().getFirst().metadata()).isEqualTo(Metadata.of(Map.of("n", 1)));
        assertThat(report.steps()).extracting(Step::name).containsExactly("chat", "count", "chat round 2", "notify");
        assertThat(answers(1).getFirst().taskId()).isEqualTo("c1~1~1.count");
        assertThat(answers(1).getFirst().content().asMap())
                .isEqualTo(Map.of("exitCode", 0, "data", Map.of("words", 2)));
        assertThat(world.notifications.announced).hasSize(1);
        assertThat(world.chat.calls).hasValue(2);
        assertThat(world.tools.asked).extracting(Event::type).doesNotContain("tool.count.call");
    }

    @Test
    void calls_of_one_answer_run_side_by_side_and_none_is_asked_about_before_all_have_ended() {
        world.tools.offer("slow", "slower");
        world.runs.lasts("slow", Duration.ofMinutes(20));
        world.runs.lasts("slower", Duration.ofMinutes(30));
        world.chat.asksFor(call("slower"), call("slow"), call("slow"));

        EventReport report = completed(CHAT);

        assertThat(world.runs.mostAtOnce).hasValue(3);
        assertThat(answers(1))
                .extracting(ToolAnswer::taskId)
                .containsExactly("c1~1~1.slower", "c1~1~2.slow", "c1~1~3.slow");
        assertThat(report.chain()).extracting(event -> event.id().value()).startsWith("c1~1~1", "c1~1~2", "c1~1~3");
        assertThat(world.chat.calls).hasValue(2);
    }

    @Test
    void a_result_is_handled_like_any_event_while_the_chat_goes_on() {
        world.tools.offer("quick", "slow");
        world.tools.take("tool.quick.result", "archive");
        world.runs.lasts("slow", Duration.ofMinutes(30));
        world.chat.asksFor(call("quick"), call("slow"));

        WorkflowStub run = world.post(CHAT);
        world.letPass(Duration.ofMinutes(10));

        assertThat(world.tools.records)
                .anyMatch(record -> record.order().taskId().equals("c1~1.archive")
                        && record.progress().state() == ToolRunState.COMPLETED);
        assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
    }

    @Test
    void what_was_refused_or_never_offered_does_not_run_and_the_model_hears_why() {
        world.tools.offer("count");
        world.tools.take("order.created", "secret");
        world.chat.asksFor(
                new ToolCall("1", "count", null, "{", new Refusal("chat.invalid_arguments", "No JSON object")),
                call("secret"),
                new ToolCall("3", "count", null, null, null));

        completed(CHAT);

        assertThat(world.runs.calls).isEmpty();
        assertThat(answers(1))
                .extracting(ToolAnswer::code)
                .containsExactly("chat.invalid_arguments", "chat.unknown_tool", "chat.unknown_tool");
        assertThat(answers(1).getFirst().content().text("error")).isEqualTo("No JSON object");
    }

    @Test
    void a_tool_that_fails_is_an_answer_and_not_the_end_of_the_chat() {
        world.tools.offer("broken", "endless", "bad");
        world.runs.rejects("broken");
        world.runs.lasts("endless", Duration.ofHours(5));
        world.runs.says("bad", Map.of("exitCode", 3, "stdout", "half", "stderr", "boom"));
        world.chat.asksFor(call("broken"), call("endless"), call("bad"));

        EventReport report = completed(CHAT);

        assertThat(answers(1)).extracting(ToolAnswer::code).containsExactly("tool.rejected", "tool.timed_out", null);
        assertThat(answers(1).getFirst().content().text("error")).isEqualTo("broken: There is no image of this name");
        assertThat(answers(1).getLast().content().asMap())
                .isEqualTo(Map.of("exitCode", 3, "stdout", "half", "stderr", "boom"));
        assertThat(report.steps())
                .filteredOn(step -> step.state() == StepState.FAILED)
                .extracting(Step::name)
                .containsExactly("broken", "endless");
    }

    @Test
    void a_model_that_never_stops_calling_ends_with_a_reply_that_says_so() {
        world.tools.offer("count");
        for (int n = 0; n < 20; n++) {
            world.chat.asksFor(call("count"));
        }

        EventReport report = completed(CHAT);

        Event response = report.chain().getLast();
        assertThat(response.type()).isEqualTo("llm.chat.response");
        assertThat(response.metadata().text("finishReason")).isEqualTo("tool_limit");
        assertThat(response.metadata().text("reply")).contains("after 8 questions");
        assertThat(world.chat.calls).hasValue(ChatLimits.MODEL_CALLS);
        assertThat(report.chain()).hasSize(2 * 7 + 1);
        assertThat(world.notifications.announced).hasSize(1);
    }

    @Test
    void a_cancelled_chat_takes_its_tools_along() {
        world.tools.offer("slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));
        world.chat.asksFor(call("slow"), call("slow"));
        WorkflowStub run = world.post(CHAT);
        world.letPass(Duration.ofMinutes(5));

        run.cancel();
        await().atMost(Duration.ofSeconds(30)).until(() -> ended("c1~1~1.slow") && ended("c1~1~2.slow"));

        assertThatThrownBy(() -> run.getResult(EventOutcome.class)).isInstanceOf(WorkflowFailedException.class);
        assertThat(world.rows.reportOf(CHAT.id()).status()).isEqualTo(EventStatus.CANCELLED);
        assertThat(world.runs.provisioned).isEmpty();
        assertThat(world.chat.calls).hasValue(1);
    }

    @Test
    void a_run_that_its_user_cancels_is_an_error_for_the_model() {
        world.tools.offer("slow");
        world.runs.lasts("slow", Duration.ofMinutes(50));
        world.chat.asksFor(call("slow"));
        WorkflowStub run = world.post(CHAT);
        world.letPass(Duration.ofMinutes(5));

        world.client()
                .newUntypedWorkflowStub(TaskId.workflowId(Events.ALICE, "c1~1~1.slow"))
                .cancel();
        await().atMost(Duration.ofSeconds(30)).until(() -> ended("c1~1~1.slow"));

        assertThat(run.getResult(EventOutcome.class).status()).isEqualTo(EventStatus.COMPLETED);
        assertThat(answers(1)).extracting(ToolAnswer::code).containsExactly("tool.cancelled");
    }

    @Test
    void a_model_that_fails_between_calls_fails_the_event_and_a_retry_finds_the_same_runs() {
        world.tools.offer("count");
        world.chat.asksFor(call("count")).fails(ChatFailure.REJECTED, "no more");

        assertThat(world.outcomeOf(CHAT).reason().code()).isEqualTo("Chat.REJECTED");
        world.tools.completed.put(
                "c1~1~1.count",
                new ToolRunResult(ToolRunState.COMPLETED, null, Metadata.of(Map.of("exitCode", 7)), null));
        world.chat.asksFor(call("count")).says("Done");
        assertThat(world.outcomeOf(CHAT).status()).isEqualTo(EventStatus.COMPLETED);

        assertThat(world.runs.calls.stream().filter(call -> call.startsWith("start")))
                .containsExactly("start c1~1~1.count");
        assertThat(world.chat
                        .exchanges
                        .getLast()
                        .rounds()
                        .getFirst()
                        .answers()
                        .getFirst()
                        .content()
                        .get("exitCode"))
                .isEqualTo(7);
    }

    @Test
    void long_results_are_cut_to_what_a_history_may_carry() {
        world.tools.offer("loud");
        world.runs.says("loud", Map.of("exitCode", 0, "stdout", "x".repeat(60_000)));
        ToolCall[] calls = new ToolCall[16];
        Arrays.fill(calls, call("loud"));
        world.chat.asksFor(calls).asksFor(calls);

        completed(CHAT);

        assertThat(world.chat.exchanges.getLast().rounds())
                .allSatisfy(round -> assertThat(round.answers()).hasSize(16).allSatisfy(answer -> {
                    assertThat(answer.content().get("stdoutTruncated")).isEqualTo(true);
                    assertThat(answer.content().text("stdout")).hasSizeBetween(500, 16 << 10);
                }));
        assertThat(world.chat.exchanges.getLast().rounds().stream()
                        .flatMap(round -> round.answers().stream())
                        .mapToInt(answer -> answer.content().text("stdout").length())
                        .sum())
                .isLessThan(ChatLimits.ALL_RESULT_BYTES);
    }

    @Test
    void without_an_offer_and_too_deep_in_a_chain_a_chat_is_one_question() {
        completed(CHAT);
        world.tools.offer("count");
        Event deep = new Event(
                new EventId("deep"),
                "llm.chat",
                "test",
                CHAT.time(),
                CHAT.time(),
                new Owner("aliceaaaaaaa", "alice"),
                null,
                new EventId("deep"),
                null,
                15,
                CHAT.metadata(),
                null);
        completed(deep);

        assertThat(world.chat.exchanges).isEmpty();
        assertThat(world.chat.calls).hasValue(2);
    }

    private EventReport completed(Event event) {
        assertThat(world.outcomeOf(event).status()).isEqualTo(EventStatus.COMPLETED);
        return world.rows.reportOf(event.id());
    }

    /** What the model was told with its {@code n}th question, counted from 0. */
    private List<ToolAnswer> answers(int n) {
        return world.chat.exchanges.get(n).rounds().getLast().answers();
    }

    private boolean ended(String taskId) {
        return world.tools.records.stream()
                .anyMatch(record -> record.order().taskId().equals(taskId)
                        && record.progress().state() == ToolRunState.CANCELLED);
    }
}
