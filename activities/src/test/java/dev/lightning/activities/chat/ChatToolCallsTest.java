package dev.lightning.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelToolCall;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.ChatRound;
import dev.lightning.workflows.chat.ToolAnswer;
import dev.lightning.workflows.chat.ToolCall;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One question of a chat with tools: what is recorded, what the model is told, and what it hears. */
class ChatToolCallsTest {
    private static final Offer COUNT = new Offer("count", "Counts words", """
            {"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}""");
    private static final ChatExchange FIRST = new ChatExchange(List.of(COUNT), List.of());
    private static final Event CHAT = Chats.prompt("How many words?");

    private final ScriptedModel model = new ScriptedModel();
    private final EffectLedger ledger =
            new EffectLedger(new InMemoryEntityStore(), new InMemoryBlobStore(), InstantSource.system());
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final ChatActivities chat = stub();

    /** The effect whose answer dies with its process, as it were. */
    private volatile String lost = "";

    private ChatActivities stub() {
        temporal.registerActivitiesImplementations(new ChatActivitiesImpl(
                this::answer,
                ledger,
                new InMemoryBlobStore(),
                "this-process",
                Duration.ofMillis(50),
                Duration.ofMillis(200)));
        return temporal.newActivityStub(ChatActivities.class);
    }

    private ModelResult answer(ModelRequest request) {
        ModelResult answer = model.complete(request);
        if (request.effectKey().equals(lost)) {
            throw new IllegalStateException("killed");
        }
        return answer;
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void every_question_of_a_chat_is_an_effect_of_its_own_and_is_asked_once() {
        model.says(
                ScriptedModel.asks("count", "{\"text\":\"a b\"}"),
                ScriptedModel.asks("count", "{\"text\":\"c\"}"),
                ScriptedModel.text("Three"));

        ChatReply first = chat.reply(CHAT, FIRST, null);
        ChatExchange afterOne = after(FIRST, first);
        ChatReply second = chat.reply(CHAT, afterOne, null);
        ChatExchange afterTwo = after(afterOne, second);
        ChatReply last = chat.reply(CHAT, afterTwo, null);

        assertThat(model.requests())
                .extracting(ModelRequest::effectKey)
                .containsExactly("owner1/event-1/chat", "owner1/event-1/chat/1", "owner1/event-1/chat/2");
        assertThat(chat.reply(CHAT, FIRST, null)).isEqualTo(first);
        assertThat(chat.reply(CHAT, afterOne, null)).isEqualTo(second);
        assertThat(chat.reply(CHAT, afterTwo, null)).isEqualTo(last);
        assertThat(model.requests()).hasSize(3);
        assertThat(first.calls())
                .containsExactly(new ToolCall("call_0", "count", Metadata.of(Map.of("text", "a b")), null, null));
        assertThat(last.calls()).isNull();
    }

    @Test
    void an_answer_that_is_lost_before_its_record_costs_that_one_question_again_and_no_other() {
        model.says(
                ScriptedModel.asks("count", "{\"text\":\"a b\"}"),
                ScriptedModel.text("Two, but nobody hears it"),
                ScriptedModel.text("Two"));
        ChatReply first = chat.reply(CHAT, FIRST, null);
        ChatExchange afterOne = after(FIRST, first);
        lost = "owner1/event-1/chat/1";

        assertThatThrownBy(() -> chat.reply(CHAT, afterOne, null)).hasStackTraceContaining("Chat.UNAVAILABLE");
        lost = "";
        assertThat(chat.reply(CHAT, FIRST, null)).isEqualTo(first);
        assertThat(chat.reply(CHAT, afterOne, null).metadata().text("reply")).isEqualTo("Two");

        assertThat(model.requests())
                .extracting(ModelRequest::effectKey)
                .containsExactly("owner1/event-1/chat", "owner1/event-1/chat/1", "owner1/event-1/chat/1");
    }

    @Test
    void the_reply_counts_all_tokens_and_names_the_calls_without_their_arguments() {
        model.says(ScriptedModel.asks("count", "{\"text\":\"a b\"}", "none", "{}"), ScriptedModel.text("Two"));

        ChatReply last = chat.reply(CHAT, after(FIRST, chat.reply(CHAT, FIRST, null)), null);

        assertThat(last.metadata().text("reply")).isEqualTo("Two");
        assertThat(last.metadata().get("usage"))
                .isEqualTo(Map.of("promptTokens", 6, "completionTokens", 8, "totalTokens", 14));
        assertThat(last.metadata().get("toolCalls"))
                .isEqualTo(List.of(
                        Map.of("name", "count", "taskId", "event-1~1~1.count"),
                        Map.of("name", "none", "error", "chat.unknown_tool")));
    }

    @Test
    void the_model_is_told_what_it_asked_and_what_came_of_it_in_messages_of_tools() {
        model.says(ScriptedModel.asks("count", "{\"text\":\"a b\"}", "count", "no JSON"));

        chat.reply(CHAT, after(FIRST, chat.reply(CHAT, FIRST, null)), null);

        ModelRequest again = model.requests().getLast();
        assertThat(again.tools()).containsExactly(new ModelRequest.Tool("count", "Counts words", COUNT.parameters()));
        assertThat(again.messages())
                .containsExactly(
                        new Message("user", "How many words?"),
                        new Message(
                                "assistant",
                                "",
                                List.of(
                                        new ModelToolCall("call_0", "count", "{\"text\":\"a b\"}"),
                                        new ModelToolCall("call_1", "count", "{\"malformed\":\"no JSON\"}")),
                                null),
                        Message.ofTool("call_0", "{\"said\":\"fine\"}"),
                        Message.ofTool("call_1", "{\"error\":\"The arguments must be a JSON object\"}"));
    }

    @Test
    void tools_that_a_chat_names_and_nobody_offers_are_named_in_its_reply() {
        Event naming = Chats.of(Map.of("prompt", "Hi", "tools", List.of("count", "gone")), null);

        assertThat(chat.reply(naming, FIRST, null).metadata().get("missingTools"))
                .isEqualTo(List.of("gone"));
    }

    @Test
    void a_model_that_calls_what_it_was_never_offered_gave_no_answer() {
        model.says(ScriptedModel.asks("count", "{}"));

        assertThatThrownBy(() -> chat.reply(CHAT, null, null)).hasStackTraceContaining("Chat.REJECTED");
    }

    @Test
    void a_retry_whose_tools_are_gone_ends_with_a_reply_that_says_so() {
        model.says(ScriptedModel.asks("count", "{\"text\":\"a b\"}"));
        chat.reply(CHAT, FIRST, null);

        ChatReply reply = chat.reply(CHAT, null, null);

        assertThat(reply.calls()).isNull();
        assertThat(reply.metadata().text("finishReason")).isEqualTo("tools_gone");
        assertThat(reply.metadata().text("reply")).contains("no longer offered");
        assertThat(model.requests()).hasSize(1);
    }

    /** The same chat after its tools have run: what was refused is an error, everything else went fine. */
    private static ChatExchange after(ChatExchange before, ChatReply reply) {
        int round = before.rounds().size() + 1;
        List<ToolAnswer> answers = reply.calls().stream()
                .map(call -> call.refusal() == null
                        ? new ToolAnswer("event-1~" + round + "~1.count", null, Metadata.of(Map.of("said", "fine")))
                        : new ToolAnswer(
                                null,
                                call.refusal().code(),
                                Metadata.of(Map.of("error", call.refusal().message()))))
                .toList();
        return new ChatExchange(
                before.tools(),
                Stream.concat(
                                before.rounds().stream(),
                                Stream.of(new ChatRound(reply.metadata(), reply.calls(), answers)))
                        .toList());
    }
}
