package dev.lightning.workflows.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.chat.ChatPrompt.Finding;
import dev.lightning.workflows.chat.ChatPrompt.Turn;
import dev.lightning.workflows.events.Metadata;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatPromptTest {
    @Test
    void a_prompt_is_one_message_of_the_user() {
        ChatPrompt chat = read(Map.of("prompt", "Say hello"));

        assertThat(chat.findings()).isEmpty();
        assertThat(chat.turns()).containsExactly(new Turn("user", "Say hello"));
        assertThat(chat.model()).isNull();
        assertThat(chat.temperature()).isNull();
        assertThat(chat.threadId()).isNull();
    }

    @Test
    void messages_keep_their_order_and_the_system_speaks_first() {
        ChatPrompt chat = read(Map.of(
                "system",
                "Be brief",
                "messages",
                List.of(message("user", "One"), message("assistant", "Two"), message("user", "Three")),
                "model",
                "gpt-4o-mini",
                "temperature",
                new BigDecimal("0.7"),
                "max_tokens",
                300,
                "top_p",
                new BigDecimal("0.9"),
                "threadId",
                "thread-1"));

        assertThat(chat)
                .isEqualTo(new ChatPrompt(
                        List.of(
                                new Turn("system", "Be brief"),
                                new Turn("user", "One"),
                                new Turn("assistant", "Two"),
                                new Turn("user", "Three")),
                        "gpt-4o-mini",
                        0.7,
                        300,
                        0.9,
                        "thread-1",
                        null,
                        List.of()));
    }

    @Test
    void the_tools_of_a_chat_can_be_narrowed_and_left_out() {
        assertThat(read(Map.of("prompt", "Hi", "tools", true)).tools()).isNull();
        assertThat(read(Map.of("prompt", "Hi", "tools", false)).tools()).isEmpty();
        assertThat(read(Map.of("prompt", "Hi", "tools", List.of("count", "add-up", "count")))
                        .tools())
                .containsExactly("count", "add-up");
        for (Object wrong : List.of("count", List.of("Count"), List.of(1), Collections.nCopies(33, "count"))) {
            assertThat(read(Map.of("prompt", "Hi", "tools", wrong)).findings())
                    .extracting(Finding::field)
                    .containsExactly("tools");
        }
    }

    @Test
    void a_thread_whose_name_is_dots_only_could_not_be_asked_for() {
        assertThat(read(Map.of("prompt", "Hi", "threadId", "..")).findings())
                .extracting(Finding::field)
                .containsExactly("threadId");
    }

    @Test
    void everything_wrong_is_found_at_once_and_nothing_written_is_shown() {
        ChatPrompt chat = read(Map.of(
                "system",
                1,
                "messages",
                List.of(message("hacker", "secret words"), "no object", Map.of("role", "user")),
                "model",
                "two words",
                "temperature",
                3,
                "max_tokens",
                0,
                "top_p",
                new BigDecimal("1.1"),
                "threadId",
                "a/b"));

        assertThat(chat.isValid()).isFalse();
        assertThat(chat.findings())
                .extracting(Finding::field)
                .containsExactly(
                        "system",
                        "messages[0].role",
                        "messages[1]",
                        "messages[2].content",
                        "model",
                        "temperature",
                        "max_tokens",
                        "top_p",
                        "threadId");
        assertThat(chat.findings()).noneMatch(finding -> finding.message().contains("secret"));
    }

    @Test
    void neither_messages_nor_prompt_is_no_chat() {
        assertThat(read(Map.of()).findings()).extracting(Finding::field).containsExactly("messages");
    }

    @Test
    void messages_and_prompt_together_are_ambiguous() {
        ChatPrompt chat = read(Map.of("prompt", "One", "messages", List.of(message("user", "Two"))));

        assertThat(chat.findings()).extracting(Finding::field).containsExactly("prompt");
    }

    @Test
    void what_else_is_wrong_with_messages_and_prompt_is_said_beside_their_ambiguity() {
        ChatPrompt chat = read(Map.of("prompt", 5, "messages", "x"));

        assertThat(chat.findings()).extracting(Finding::field).containsExactly("prompt", "prompt", "messages");
    }

    @Test
    void null_is_as_good_as_absent() {
        Map<String, Object> values = new HashMap<>(Map.of("prompt", "Hi"));
        for (String name : List.of("messages", "system", "model", "temperature", "threadId")) {
            values.put(name, null);
        }

        assertThat(read(values).findings()).isEmpty();
    }

    @Test
    void empty_messages_and_blank_prompts_say_nothing() {
        assertThat(read(Map.of("messages", List.of())).findings())
                .extracting(Finding::field)
                .containsExactly("messages");
        assertThat(read(Map.of("messages", "Hi")).findings())
                .extracting(Finding::field)
                .containsExactly("messages");
        assertThat(read(Map.of("prompt", " ")).findings())
                .extracting(Finding::field)
                .containsExactly("prompt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "2.0001", "1e400"})
    void a_temperature_outside_0_to_2_is_refused(String temperature) {
        assertThat(read(Map.of("prompt", "Hi", "temperature", new BigDecimal(temperature)))
                        .findings())
                .containsExactly(new Finding("temperature", "must be a number from 0 to 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "1.5"})
    void a_temperature_from_0_to_2_is_taken(String temperature) {
        assertThat(read(Map.of("prompt", "Hi", "temperature", new BigDecimal(temperature)))
                        .temperature())
                .isEqualTo(Double.parseDouble(temperature));
    }

    @Test
    void what_a_chat_does_not_know_is_left_alone() {
        assertThat(read(Map.of("prompt", "Hi", "trigger", Map.of("scheduleId", "daily")))
                        .findings())
                .isEmpty();
    }

    private static ChatPrompt read(Map<String, Object> metadata) {
        return ChatPrompt.read(Metadata.of(metadata));
    }

    private static Map<String, Object> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
