package dev.lightning.activities.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastObjectTest {
    @Test
    void the_last_line_that_is_an_object_counts_and_everything_else_is_log() {
        assertThat(of("start\n{\"a\":1}\n  {\"b\": [1, {}]}  \r\ndone\n")).isEqualTo(Map.of("b", List.of(1, Map.of())));
    }

    @Test
    void a_last_line_without_its_line_break_counts() {
        assertThat(of("log\n{\"a\":1}")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void a_line_that_only_looks_like_an_object_is_passed_over() {
        assertThat(of("{\"a\":1}\n{not json}\n{\"b\":2} {\"c\":3}\n")).isEqualTo(Map.of("a", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "[1]\n", "{", "}", "plain\n"})
    void there_may_be_none(String text) {
        assertThat(found(text.getBytes(StandardCharsets.UTF_8), 3)).isEmpty();
    }

    @Test
    void half_a_character_becomes_a_question_mark() {
        assertThat(of("{\"a\":\"\\ud800!\"}")).isEqualTo(Map.of("a", "?!"));
    }

    @Test
    void what_an_event_cannot_hold_is_passed_over() {
        String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);

        assertThat(of("{\"a\":1}\n" + deep + "\n{\"x\":\"" + "x".repeat(LastObject.LONGEST_LINE) + "\"}\n"))
                .isEqualTo(Map.of("a", 1));
    }

    @Test
    void pieces_may_be_cut_anywhere() {
        byte[] text = "grüß\n{\"a\":\"ü\"}\nend".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= text.length; size++) {
            assertThat(found(text, size)).isEqualTo(Map.of("a", "ü"));
        }
    }

    private static Map<String, Object> of(String text) {
        return found(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    private static Map<String, Object> found(byte[] text, int size) {
        LastObject object = new LastObject();
        for (int at = 0; at < text.length; at += Math.min(size, text.length - at)) {
            object.take(Arrays.copyOfRange(text, at, at + Math.min(size, text.length - at)));
        }
        return object.found().orElse(Map.of());
    }
}
