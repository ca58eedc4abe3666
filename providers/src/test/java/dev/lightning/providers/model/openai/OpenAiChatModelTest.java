package dev.lightning.providers.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ChatModelContract;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelResult.Rejected;
import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Throttled;
import dev.lightning.providers.model.ModelResult.Unavailable;
import dev.lightning.providers.model.ModelToolCall;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OpenAiChatModelTest extends ChatModelContract {
    private static final String KEY = "sk-test-0123456789";
    private static final String PROMPT = "the words of the prompt";
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    private final StandInModel service = StandInModel.start();
    private final OpenAiChatModel model = modelWithin(Duration.ofSeconds(30));

    @Override
    protected ChatModel model() {
        return model;
    }

    @AfterEach
    void stop() {
        model.close();
        service.close();
    }

    @Test
    void sends_the_conversation_as_it_is() {
        model.complete(new ModelRequest(
                "gpt-4o",
                List.of(new Message("system", "Be brief"), new Message("user", "A"), new Message("assistant", "B")),
                0.25,
                300,
                0.75,
                "owner/event/chat"));

        JsonNode request = service.requests().getFirst();
        assertThat(request.path("model").asString()).isEqualTo("gpt-4o");
        assertThat(request.path("temperature").asDouble()).isEqualTo(0.25);
        assertThat(request.path("max_tokens").asInt()).isEqualTo(300);
        assertThat(request.path("top_p").asDouble()).isEqualTo(0.75);
        assertThat(request.path("messages")
                        .valueStream()
                        .map(m -> m.path("role").asString() + ":"
                                + m.path("content").asString()))
                .containsExactly("system:Be brief", "user:A", "assistant:B");
    }

    @Test
    void offers_tools_and_hears_which_of_them_the_model_wants() {
        service.next(StandInBehaviour.asksFor("count", "{\"text\":\"a b\"}", "count", "{"));

        Replied replied = (Replied) model.complete(new ModelRequest(
                null,
                List.of(new Message("user", "Count")),
                null,
                null,
                null,
                List.of(
                        new ModelRequest.Tool(
                                "count",
                                "Counts words",
                                "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}")),
                "owner/event/chat"));

        assertThat(replied.text()).isEmpty();
        assertThat(replied.finishReason()).isEqualTo("tool_calls");
        assertThat(replied.calls())
                .containsExactly(
                        new ModelToolCall("call_1", "count", "{\"text\":\"a b\"}"),
                        new ModelToolCall("call_2", "count", "{"));
        JsonNode offered = service.requests().getFirst().at("/tools/0");
        assertThat(offered.path("type").asString()).isEqualTo("function");
        assertThat(offered.at("/function/name").asString()).isEqualTo("count");
        assertThat(offered.at("/function/description").asString()).isEqualTo("Counts words");
        assertThat(offered.at("/function/parameters/properties/text/type").asString())
                .isEqualTo("string");
        assertThat(offered.at("/function/parameters/required/0").asString()).isEqualTo("text");
    }

    @Test
    void reminds_the_model_of_its_calls_and_tells_it_what_came_of_them() {
        Replied replied = (Replied) model.complete(new ModelRequest(
                null,
                List.of(
                        new Message("user", "Count"),
                        new Message(
                                "assistant",
                                "",
                                List.of(new ModelToolCall("call_1", "count", "{}"), new ModelToolCall("x", "b", "{}")),
                                null),
                        Message.ofTool("call_1", "{\"data\":2}"),
                        Message.ofTool("x", "{\"error\":\"no\"}")),
                null,
                null,
                null,
                "owner/event/chat"));

        assertThat(replied.calls()).isEmpty();
        JsonNode request = service.requests().getFirst();
        assertThat(request.propertyNames()).doesNotContain("tools");
        assertThat(request.at("/messages/1").propertyNames()).doesNotContain("content");
        assertThat(request.at("/messages/1/tool_calls/0/type").asString()).isEqualTo("function");
        assertThat(request.at("/messages/1/tool_calls/0/function/arguments").asString())
                .isEqualTo("{}");
        assertThat(request.at("/messages/2/role").asString()).isEqualTo("tool");
        assertThat(request.at("/messages/2/tool_call_id").asString()).isEqualTo("call_1");
        assertThat(request.at("/messages/3/content").asString()).isEqualTo("{\"error\":\"no\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"1\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}} | 1 | a | {}",
                "{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"a\",\"arguments\":{\"b\":1}}} | 1 | a | {\"b\":1}",
                "{\"type\":\"function\",\"function\":{\"name\":\"a\"}} | `` | a | ``",
                "{\"id\":7,\"type\":\"custom\",\"custom\":{\"name\":\"a\",\"input\":\"x\"}} | 7 | `` | ``",
                "5 | `` | `` | ``"
            })
    void a_call_that_is_written_oddly_is_read_as_far_as_that_goes(
            String call, String id, String name, String arguments) {
        service.next(
                StandInBehaviour.sends("{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":null,\"tool_calls\":[" + call + "]},\"finish_reason\":\"tool_calls\"}]}"));

        assertThat(((Replied) ask()).calls()).containsExactly(new ModelToolCall(id, name, arguments));
    }

    @Test
    void asks_the_configured_model_when_the_chat_names_none() {
        ask();

        assertThat(service.requests().getFirst().path("model").asString()).isEqualTo("gpt-3.5-turbo");
        assertThat(service.requests().getFirst().propertyNames()).doesNotContain("temperature", "max_tokens", "top_p");
    }

    @Test
    void sends_the_effect_key_along() {
        ask();

        assertThat(service.calls()).extracting(StandInModel.Call::key).containsExactly("owner/event-1/chat");
    }

    @Test
    void a_key_that_no_header_can_carry_is_hashed_always_the_same() {
        model.complete(ModelRequest.of(null, List.of(new Message("user", "A")), "ключ"));
        model.complete(ModelRequest.of(null, List.of(new Message("user", "A")), "ключ"));

        assertThat(service.calls()).extracting(StandInModel.Call::key).allMatch(key -> key.matches("[0-9a-f]{64}"));
        assertThat(service.calls().stream().map(StandInModel.Call::key).distinct())
                .hasSize(1);
    }

    @Test
    void a_rate_limit_is_waited_out_as_long_as_asked() {
        service.next(StandInBehaviour.throttles("7"));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void a_rate_limit_with_a_date_is_waited_out_until_then() {
        service.next(StandInBehaviour.throttles("Sat, 21 Nov 2026 12:00:42 GMT"));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(42)));
    }

    @Test
    void an_empty_account_is_not_waited_for() {
        service.next(
                StandInBehaviour.fails(429, "insufficient_quota", "insufficient_quota", "You exceeded your quota"),
                StandInBehaviour.fails(429, "insufficient_quota", "billing_hard_limit_reached", "No more"));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.why()).contains("quota").contains("insufficient_quota"));
        assertThat(ask()).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 500, 502, 503, 504, 529})
    void trouble_that_passes_is_worth_another_try(int status) {
        service.next(
                StandInBehaviour.fails(status, "server_error", null, "busy"), StandInBehaviour.failsWithPage(status));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.why()).contains(String.valueOf(status)));
        assertThat(ask()).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 413, 422})
    void a_refusal_is_final_and_says_its_code_but_nothing_that_was_written(int status) {
        service.next(StandInBehaviour.fails(
                status, "invalid_request_error", "context_length_exceeded", "Bad: " + PROMPT + " with " + KEY));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.why())
                                .contains(status + " context_length_exceeded")
                                .doesNotContain(PROMPT)
                                .doesNotContain(KEY));
    }

    @Test
    void a_refusal_that_echoes_the_key_does_not_show_it() {
        service.next(StandInBehaviour.echoesTheKey());

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.why())
                                .contains("OPENAI_API_KEY")
                                .doesNotContain(KEY));
    }

    @Test
    void a_key_that_looks_like_a_code_is_not_shown_either() {
        service.next(StandInBehaviour.echoesTheKey());
        OpenAiSettings settings = new OpenAiSettings("secretword", service.baseUrl(), null);

        try (OpenAiChatModel careless = new OpenAiChatModel(settings)) {
            assertThat(careless.complete(request()).toString()).doesNotContain("secretword");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>busy</html>",
                "''",
                "[]",
                "{}",
                "{\"choices\":\"none\"}",
                "{\"id\":\"x\",\"choices\":[{\"index\":0}]}",
                "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"content\":{\"a\":1}}}]}",
                "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[]}",
                "{\"error\":{\"message\":\"overloaded\"}}",
            })
    void a_200_without_an_answer_is_worth_another_try(String body) {
        service.next(StandInBehaviour.sends(body));

        assertThat(ask()).isInstanceOf(Unavailable.class);
    }

    @Test
    void an_answer_newer_than_the_client_is_still_an_answer() {
        service.next(StandInBehaviour.sends("""
                {"model":"m","service_tier":"warp","choices":[
                  {"message":{"role":"assistant","content":"paid for"},"finish_reason":"eos"}]}"""));

        assertThat(ask()).isEqualTo(new Replied("paid for", "m", "eos", new ModelResult.Usage(0, 0, 0), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"content\":\"\"}|\"content_filter\"|content_filter",
                "{\"content\":null}|\"length\"|length",
                "{}|\"stop\"|stop",
                "{\"content\":\" \\n\"}|null|unknown",
                "{\"content\":\"\"}|\"Ask sk-test\"|unknown"
            })
    void what_has_no_text_is_no_answer_and_would_be_none_again(String message, String finishReason, String why) {
        service.next(StandInBehaviour.sends("{\"model\":\"m\",\"choices\":[{\"message\":%s,\"finish_reason\":%s}]}"
                .formatted(message, finishReason)));

        assertThat(ask()).isEqualTo(new Rejected("The model gave no answer (" + why + ")"));
    }

    @Test
    void a_models_refusal_is_an_answer() {
        service.next(StandInBehaviour.sends("""
                {"model":"m","choices":[{"message":{"content":null,"refusal":"I will not"},"finish_reason":"stop"}]}"""));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Replied.class, replied -> assertThat(replied.text()).isEqualTo("I will not"));
    }

    @Test
    void dropped_connections_are_worth_another_try_which_is_not_made_here() {
        service.next(StandInBehaviour.echoes(), StandInBehaviour.dropsAtOnce(), StandInBehaviour.dropsMidBody());

        assertThat(ask()).isInstanceOf(Replied.class);
        assertThat(ask()).isInstanceOf(Unavailable.class);
        assertThat(ask()).isInstanceOf(Unavailable.class);
        assertThat(service.calls()).hasSize(3);
    }

    @Test
    void nobody_listening_is_worth_another_try() {
        service.close();

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.why()).contains("cannot be reached"));
    }

    @Test
    void a_service_that_hangs_is_given_up() {
        service.next(StandInBehaviour.hangs());

        try (OpenAiChatModel hasty = modelWithin(Duration.ofSeconds(1))) {
            assertThat(hasty.complete(request())).isEqualTo(new Unavailable("The model's service took too long"));
        }
    }

    @Test
    void an_interrupt_ends_the_call_and_is_kept() throws Exception {
        service.next(StandInBehaviour.hangs());
        CompletableFuture<ModelResult> result = new CompletableFuture<>();
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            result.complete(model.complete(request()));
            kept.complete(Thread.currentThread().isInterrupted());
        });

        await().until(() -> service.calls().size() == 1);
        caller.interrupt();

        assertThat(result.get(5, TimeUnit.SECONDS)).isInstanceOf(Unavailable.class);
        assertThat(kept.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_answer_larger_than_any_answer_is_not_read_and_not_asked_for_again() {
        service.next(StandInBehaviour.saysBytes(9 << 20), StandInBehaviour.saysBytes(7 << 20));

        assertThat(ask()).isInstanceOf(Rejected.class);
        assertThat(ask())
                .isInstanceOfSatisfying(
                        Replied.class, replied -> assertThat(replied.text()).hasSize(7 << 20));
    }

    @Test
    void a_large_error_page_is_still_that_error() {
        service.next(call -> call.send(503, "text/html", new byte[9 << 20]));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.why()).contains("503"));
    }

    @Test
    void redirects_are_not_followed() {
        service.next(StandInBehaviour.fails(307, "x", null, "moved").with("Location", "/v1/chat/completions"));

        assertThat(ask()).isInstanceOf(Rejected.class);
        assertThat(service.calls()).hasSize(1);
    }

    @Test
    void without_a_key_none_is_sent() {
        service.next(
                call -> StandInBehaviour.says("<" + call.authorization() + ">").answer(call));

        try (OpenAiChatModel keyless = new OpenAiChatModel(new OpenAiSettings(null, service.baseUrl(), null))) {
            assertThat(keyless.complete(request()))
                    .isInstanceOfSatisfying(
                            Replied.class, replied -> assertThat(replied.text()).isEqualTo("<>"));
        }
    }

    private ModelResult ask() {
        return model.complete(request());
    }

    private static ModelRequest request() {
        return ModelRequest.of(null, List.of(new Message("user", PROMPT)), "owner/event-1/chat");
    }

    private OpenAiChatModel modelWithin(Duration limit) {
        return new OpenAiChatModel(new OpenAiSettings(KEY, service.baseUrl(), null), limit, NOW);
    }
}
