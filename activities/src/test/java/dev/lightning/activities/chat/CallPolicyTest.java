package dev.lightning.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.model.ModelToolCall;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatLimits;
import dev.lightning.workflows.chat.ChatRound;
import dev.lightning.workflows.chat.ToolAnswer;
import dev.lightning.workflows.chat.ToolCall;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPolicyTest {
    private static final Offer COUNT = new Offer("count", "Counts words", """
            {"type":"object","properties":{"text":{"type":"string"}},"additionalProperties":false}""");
    private static final ChatExchange FIRST = new ChatExchange(List.of(COUNT), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count | {\"text\":\"a\"} | ``",
                "count | `` | ``",
                "count | { | chat.invalid_arguments",
                "count | [] | chat.invalid_arguments",
                "count | {} {} | chat.invalid_arguments",
                "count | {\"text\":1} | chat.invalid_arguments",
                "count | {\"other\":\"a\"} | chat.invalid_arguments",
                "Count | {} | chat.unknown_tool",
                "rm -rf / | {} | chat.unknown_tool",
                "`` | {} | chat.unknown_tool"
            })
    void a_call_is_made_when_everything_about_it_is_right(String name, String arguments, String code) {
        ToolCall decided = decide(new ModelToolCall("1", name, arguments)).getFirst();

        assertThat(decided.refusal() == null ? "" : decided.refusal().code()).isEqualTo(code);
        assertThat(decided.name()).matches("[A-Za-z0-9_-]{1,64}");
    }

    @Test
    void nesting_without_end_is_refused_like_any_other_nonsense() {
        String deep = "{\"text\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThat(decide(new ModelToolCall("1", "count", deep)).getFirst().refusal())
                .isNotNull();
    }

    @Test
    void of_a_hundred_calls_the_first_are_made_and_the_others_refused() {
        List<ToolCall> decided =
                CallPolicy.decide(Collections.nCopies(100, new ModelToolCall("same", "count", "{}")), FIRST);

        assertThat(decided).hasSize(ChatLimits.MENTIONED_CALLS);
        assertThat(decided.stream().filter(call -> call.refusal() == null)).hasSize(ChatLimits.CALLS_PER_ANSWER);
        assertThat(decided).extracting(ToolCall::id).doesNotHaveDuplicates();
        assertThat(decided.getLast().refusal().code()).isEqualTo("chat.too_many_calls");
    }

    @Test
    void a_chat_makes_only_so_many_calls() {
        ToolCall made = new ToolCall("1", "count", Metadata.empty(), null, null);
        ChatRound sixteen = new ChatRound(
                Metadata.empty(),
                Collections.nCopies(16, made),
                Collections.nCopies(16, new ToolAnswer(null, null, Metadata.empty())));

        assertThat(CallPolicy.decide(
                        List.of(new ModelToolCall("1", "count", "{}")),
                        new ChatExchange(List.of(COUNT), List.of(sixteen, sixteen))))
                .extracting(call -> call.refusal().code())
                .containsExactly("chat.too_many_calls");
    }

    @Test
    void arguments_are_bounded_one_by_one_and_together() {
        ModelToolCall large = new ModelToolCall("1", "count", "{\"text\":\"" + "x".repeat(15_000) + "\"}");
        ModelToolCall tooLarge = new ModelToolCall("1", "count", "{\"text\":\"" + "x".repeat(17_000) + "\"}");

        assertThat(decide(large, large, large, large, tooLarge))
                .extracting(call -> call.refusal() == null && call.arguments() != null)
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void a_refusal_says_what_would_have_been_right() {
        assertThat(decide(new ModelToolCall("1", "sum", "{}"))
                        .getFirst()
                        .refusal()
                        .message())
                .isEqualTo("There is no tool of this name; there are: count");
        assertThat(decide(new ModelToolCall("1", "count", "{\"text\":1}"))
                        .getFirst()
                        .refusal()
                        .message())
                .isEqualTo("The arguments do not fit their schema: /text integer found, string expected");
        assertThat(decide(new ModelToolCall("1", "count", "{\"text\":1}"))
                        .getFirst()
                        .arguments())
                .isEqualTo(Metadata.of(Map.of("text", 1)));
    }

    private static List<ToolCall> decide(ModelToolCall... proposed) {
        return CallPolicy.decide(List.of(proposed), FIRST);
    }
}
