package dev.lightning.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.demo.DemoChatModel;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.EffectLedger.FailedAttempt;
import dev.lightning.workflows.chat.ChatActivities;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.FailedTry;
import dev.lightning.workflows.chat.QuickReply;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatActivitiesTest {
    private static final Effect EFFECT = new Effect("owner1", "event-1", "chat");

    private final ScriptedModel model = new ScriptedModel();
    private final ShakyEntityStore store = new ShakyEntityStore();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final EffectLedger ledger = new EffectLedger(store, blobs, InstantSource.system());
    private final ChatActivitiesImpl activities =
            new ChatActivitiesImpl(model, ledger, blobs, "this-process", Duration.ofMillis(50), Duration.ofMillis(200));
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final TestActivityEnvironment elsewhere = TestActivityEnvironment.newInstance();
    private final ChatActivities chat = stub(temporal, activities);

    @AfterEach
    void stop() {
        temporal.close();
        elsewhere.close();
    }

    @Test
    void an_answer_says_everything_about_itself() {
        model.says(ScriptedModel.text("Hello, Alice"));

        ChatReply reply = chat.reply(Chats.of(Map.of("prompt", "Hi", "threadId", "thread-1"), null), null, null);

        assertThat(reply.metadata().asMap())
                .isEqualTo(Map.of(
                        "reply", "Hello, Alice",
                        "model", "gpt-test",
                        "finishReason", "stop",
                        "usage", Map.of("promptTokens", 3, "completionTokens", 4, "totalTokens", 7),
                        "inReplyTo", "event-1",
                        "threadId", "thread-1"));
        assertThat(reply.blobRef()).isNull();
        assertThat(reply.attempts()).isEqualTo(Attempts.FIRST);
    }

    @Test
    void the_demo_model_is_marked() {
        ChatActivities demo =
                stub(elsewhere, new ChatActivitiesImpl(new DemoChatModel(), ledger, blobs, "this-process"));

        ChatReply reply = demo.reply(Chats.prompt("Hi"), null, null);

        assertThat(reply.metadata().get("demo")).isEqualTo(true);
        assertThat(reply.metadata().get("model")).isEqualTo("demo");
    }

    @Test
    void the_model_gets_what_the_metadata_asks() {
        chat.reply(
                Chats.of(
                        Map.of(
                                "system",
                                "Be brief",
                                "messages",
                                List.of(Map.of("role", "user", "content", "Hi")),
                                "model",
                                "gpt-4o",
                                "temperature",
                                new BigDecimal("0.5"),
                                "max_tokens",
                                300,
                                "top_p",
                                1),
                        null),
                null,
                null);

        assertThat(model.requests())
                .containsExactly(new ModelRequest(
                        "gpt-4o",
                        List.of(new Message("system", "Be brief"), new Message("user", "Hi")),
                        0.5,
                        300,
                        1.0,
                        Chats.EFFECT_KEY));
    }

    @Test
    void a_recorded_answer_is_found_again_and_nobody_is_asked() {
        ChatReply first = chat.reply(Chats.prompt("Hi"), null, null);
        ChatReply second = chat.reply(Chats.prompt("Hi"), null, null);

        assertThat(second).isEqualTo(first);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void a_quick_answer_comes_at_once_and_is_recorded() {
        ChatReply quick = chat.quickReply(Chats.prompt("Hi")).reply();

        assertThat(chat.reply(Chats.prompt("Hi"), null, null)).isEqualTo(quick);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void a_slow_answer_is_waited_for_where_it_is_under_way_and_paid_for_once() throws Exception {
        CountDownLatch answered = model.holdUp();

        QuickReply quick = chat.quickReply(Chats.prompt("Hi"));
        CompletableFuture<ChatReply> waiting = CompletableFuture.supplyAsync(
                () -> chat.reply(Chats.prompt("Hi"), null, null), Thread::startVirtualThread);
        answered.countDown();

        assertThat(quick).isEqualTo(QuickReply.underWay("this-process"));
        assertThat(waiting.get(10, TimeUnit.SECONDS).metadata().text("reply")).isNotBlank();
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void what_may_pass_is_handed_on_and_counts_as_the_first_attempt() {
        model.says(new ModelResult.Throttled(Duration.ofSeconds(7), "slow down"));

        FailedTry failed = chat.quickReply(Chats.prompt("Hi")).failed();
        ActivityFailure first =
                catchThrowableOfType(ActivityFailure.class, () -> chat.reply(Chats.prompt("Hi"), null, failed));

        assertThat(failed).isEqualTo(new FailedTry(ChatFailure.THROTTLED, "slow down", 7_000L));
        ApplicationFailure said = (ApplicationFailure) first.getCause();
        assertThat(said.getType()).isEqualTo("Chat.THROTTLED");
        assertThat(said.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void what_cannot_pass_fails_the_quick_question_too() {
        model.says(new ModelResult.Rejected("The model refused the key (401)"));

        assertThat(catchThrowable(() -> chat.quickReply(Chats.prompt("Hi")))).hasStackTraceContaining("Chat.REJECTED");
    }

    @Test
    void metadata_that_is_no_chat_fails_for_good_and_names_everything_wrong() {
        ApplicationFailure failure = failure(Chats.of(Map.of("temperature", 3, "model", "secret words"), null));

        assertThat(failure.getType()).isEqualTo("Chat.INVALID");
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage())
                .contains("messages")
                .contains("temperature")
                .contains("model")
                .doesNotContain("secret words");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void metadata_that_was_too_large_is_read_from_its_blob() {
        blobs.put(
                "some/blob", "{\"prompt\":\"The whole prompt\",\"temperature\":0.25}".getBytes(StandardCharsets.UTF_8));

        chat.reply(Chats.of(Map.of("prompt", "The who"), new BlobRef("some/blob")), null, null);

        ModelRequest request = model.requests().getFirst();
        assertThat(request.messages()).containsExactly(new Message("user", "The whole prompt"));
        assertThat(request.temperature()).isEqualTo(0.25);
    }

    @Test
    void metadata_whose_blob_is_gone_or_damaged_fails_for_good() {
        blobs.put("damaged", "{\"pro".getBytes(StandardCharsets.UTF_8));

        for (String key : List.of("gone", "damaged")) {
            ApplicationFailure failure = failure(Chats.of(Map.of("prompt", "Hi"), new BlobRef(key)));
            assertThat(failure.getType()).isEqualTo("Chat.INVALID");
            assertThat(failure.isNonRetryable()).isTrue();
        }
    }

    @Test
    void a_throttled_call_waits_as_long_as_the_model_asked() {
        model.says(new ModelResult.Throttled(Duration.ofSeconds(17), "slow down"));

        ApplicationFailure failure = failure(Chats.prompt("Hi"));

        assertThat(failure.getType()).isEqualTo("Chat.THROTTLED");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void nobody_waits_longer_than_the_policy_says() {
        model.says(new ModelResult.Throttled(Duration.ofDays(3), "slow down"));

        assertThat(failure(Chats.prompt("Hi")).getNextRetryDelay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void an_unavailable_model_is_tried_again_and_its_words_are_kept() {
        model.says(new ModelResult.Unavailable("away"));

        ApplicationFailure failure = failure(Chats.prompt("Hi"));

        assertThat(failure.getType()).isEqualTo("Chat.UNAVAILABLE");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getNextRetryDelay()).isNull();
        assertThat(failure.getDetails().getSize()).isEqualTo(1);
        assertThat(ledger.find(EFFECT).lastFailure())
                .extracting(FailedAttempt::error)
                .isEqualTo("away");
    }

    @Test
    void a_refusal_is_final() {
        model.says(new ModelResult.Rejected("no"));

        ApplicationFailure failure = failure(Chats.prompt("Hi"));

        assertThat(failure.getType()).isEqualTo("Chat.REJECTED");
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).isEqualTo("no");
    }

    @Test
    void a_large_answer_is_returned_whole_as_long_as_a_history_can_hold_it() {
        String text = "x".repeat(100 << 10);
        model.says(ScriptedModel.text(text));

        ChatReply reply = chat.reply(Chats.prompt("Hi"), null, null);

        assertThat(reply.metadata().text("reply")).isEqualTo(text);
        assertThat(reply.blobRef()).isNull();
        assertThat(chat.reply(Chats.prompt("Hi"), null, null)).isEqualTo(reply);
    }

    @Test
    void an_oversized_answer_is_stored_outside_and_cut_between_characters() {
        String text = "a" + "🚀".repeat(1 << 20);
        model.says(ScriptedModel.text(text));

        ChatReply reply = chat.reply(Chats.prompt("Hi"), null, null);

        String cut = reply.metadata().text("reply");
        assertThat(cut).startsWith("a🚀").endsWith("🚀");
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSize(8189);
        assertThat(reply.metadata().get("replyTruncated")).isEqualTo(true);
        assertThat(reply.metadata().get("inReplyTo")).isEqualTo("event-1");
        assertThat(reply.blobRef()).isEqualTo(new BlobRef("owner1/event-1/chat.json"));
        assertThat(ReplyMetadata.read(blobs.get("owner1/event-1/chat.json").orElseThrow())
                        .text("reply"))
                .isEqualTo(text);
        assertThat(chat.reply(Chats.prompt("Hi"), null, null)).isEqualTo(reply);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void half_a_character_does_not_spoil_an_answer() {
        model.says(ScriptedModel.text("half \ud83d of a rocket"));

        assertThat(chat.reply(Chats.prompt("Hi"), null, null).metadata().text("reply"))
                .isEqualTo("half ? of a rocket");
    }

    @Test
    void nobody_is_asked_while_the_ledger_cannot_be_read() {
        store.failingReads.set(2);

        assertThat(failure(Chats.prompt("Hi")).getType()).isEqualTo("Chat.UNAVAILABLE");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void an_answer_survives_a_store_that_is_away_for_a_moment() {
        store.failingWrites.set(2);

        assertThat(chat.reply(Chats.prompt("Hi"), null, null).metadata().text("reply"))
                .isEqualTo("Hello");
        assertThat(model.requests()).hasSize(1);
        assertThat(ledger.find(EFFECT).result()).isNotNull();
    }

    @Test
    void cancelling_the_step_ends_the_call() throws Exception {
        model.holdUp();
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> chat.reply(Chats.prompt("Hi"), null, null)), Thread::startVirtualThread);
        await().until(() -> model.requests().size() == 1);

        temporal.requestCancelActivity();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(CanceledFailure.class);
        assertThat(model.interrupted().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_second_attempt_waits_for_the_first_ones_call() throws Exception {
        CountDownLatch gate = model.holdUp();
        CountDownLatch waiting = new CountDownLatch(1);
        elsewhere.setActivityHeartbeatListener(String.class, _ -> waiting.countDown());
        ChatActivities again = stub(elsewhere, activities);
        CompletableFuture<ChatReply> first = CompletableFuture.supplyAsync(
                () -> chat.reply(Chats.prompt("Hi"), null, null), Thread::startVirtualThread);
        await().until(() -> model.requests().size() == 1);
        CompletableFuture<ChatReply> second = CompletableFuture.supplyAsync(
                () -> again.reply(Chats.prompt("Hi"), null, null), Thread::startVirtualThread);
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        temporal.requestCancelActivity();
        await().until(first::isCompletedExceptionally);

        gate.countDown();

        assertThat(second.get(10, TimeUnit.SECONDS).metadata().text("reply")).isEqualTo("Hello");
        assertThat(model.requests()).hasSize(1);
    }

    private static ChatActivities stub(TestActivityEnvironment environment, ChatActivitiesImpl activities) {
        environment.registerActivitiesImplementations(activities);
        return environment.newActivityStub(ChatActivities.class);
    }

    private ApplicationFailure failure(Event event) {
        ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, () -> chat.reply(event, null, null));
        assertThat(failure).hasCauseInstanceOf(ApplicationFailure.class);
        return (ApplicationFailure) failure.getCause();
    }
}
