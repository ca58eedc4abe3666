package dev.lightning.api.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineCutterTest {
    private static final String LONGEST = "x".repeat(LineCutter.LONGEST);

    private record Line(String text, boolean goesOn, long position) {}

    @Test
    void lines_end_with_a_line_feed_and_the_last_one_may_have_none() throws IOException {
        assertThat(cut("one\n\ntwo\r\nthr\ree\n\r\nlast", 1 << 20))
                .containsExactly(
                        new Line("one", false, 4),
                        new Line("", false, 5),
                        new Line("two", false, 10),
                        new Line("thr\ree", false, 17),
                        new Line("", false, 19),
                        new Line("last", false, 23));
        assertThat(cut("", 1)).isEmpty();
        assertThat(cut("10%\r20%\r", 1)).containsExactly(new Line("10%\r20%\r", false, 8));
    }

    @Test
    void what_is_no_text_becomes_text_and_control_characters_stay() throws IOException {
        byte[] strange = {
            'a', (byte) 0xFF, (byte) 0xC3, 0x28, 0, 0x1B, '[', '3', '1', 'm', '\n', (byte) 0xE2, (byte) 0x82
        };

        assertThat(cut(strange, 1 << 20))
                .containsExactly(new Line("a\uFFFD\uFFFD(\0\u001B[31m", false, 11), new Line("\uFFFD", false, 13));
    }

    @Test
    void a_line_that_is_just_not_too_long_is_one() throws IOException {
        assertThat(cut(LONGEST + "\n" + LONGEST + "\r\n" + LONGEST, 1000))
                .extracting(Line::text, Line::goesOn)
                .containsExactly(tuple(LONGEST, false), tuple(LONGEST, false), tuple(LONGEST, false));
    }

    @Test
    void a_line_that_is_too_long_comes_in_parts_which_split_no_character() throws IOException {
        for (String character : List.of("ü", "€", "😀")) {
            for (int shift = 0; shift < 4; shift++) {
                String line = "x".repeat(shift) + character.repeat(10_000);

                List<Line> parts = cut(line + "\nnext\n", 777);

                assertThat(parts).extracting(Line::text).last().isEqualTo("next");
                List<Line> ofLine = parts.subList(0, parts.size() - 1);
                assertThat(String.join("", ofLine.stream().map(Line::text).toList()))
                        .isEqualTo(line);
                assertThat(ofLine)
                        .allSatisfy(part ->
                                assertThat(part.text().getBytes(UTF_8).length).isLessThanOrEqualTo(LineCutter.LONGEST));
                assertThat(ofLine.subList(0, ofLine.size() - 1)).allMatch(Line::goesOn);
                assertThat(ofLine.getLast().goesOn()).isFalse();
            }
        }
        assertThat(cut("x".repeat(LineCutter.LONGEST + 1), 1 << 20))
                .extracting(Line::goesOn)
                .containsExactly(true, false);
        byte[] noText = new byte[40_000];
        Arrays.fill(noText, (byte) 0x80);
        assertThat(cut(noText, 1 << 20)).extracting(Line::position).containsExactly(16_384L, 32_768L, 40_000L);
    }

    /** The seed is the test's name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_same_lines_come_of_any_pieces_and_from_any_line_on(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int n = 0; n < 60; n++) {
            String line = "é😀\r\u001B".repeat(random.nextInt(n % 20 == 0 ? 5_000 : 20));
            text.writeBytes((line + List.of("\n", "\r\n", "", "\n\n").get(random.nextInt(4))).getBytes(UTF_8));
        }
        byte[] all = text.toByteArray();
        List<Line> whole = cut(all, all.length);

        assertThat(cut(all, 1)).isEqualTo(whole);
        assertThat(cut(all, 1 + random.nextInt(5_000))).isEqualTo(whole);
        for (int line = 0; line < whole.size(); line++) {
            int from = (int) whole.get(line).position();
            byte[] rest = Arrays.copyOfRange(all, from, all.length);
            assertThat(cut(rest, 1000, from)).isEqualTo(whole.subList(line + 1, whole.size()));
        }
    }

    private static List<Line> cut(String text, int pieces) throws IOException {
        return cut(text.getBytes(UTF_8), pieces);
    }

    private static List<Line> cut(byte[] bytes, int pieces) throws IOException {
        return cut(bytes, pieces, 0);
    }

    private static List<Line> cut(byte[] bytes, int pieces, long from) throws IOException {
        List<Line> told = new ArrayList<>();
        LineCutter cutter = new LineCutter(from);
        LineCutter.Lines lines = (line, goesOn, position) -> told.add(new Line(line, goesOn, position));
        for (int start = 0; start < bytes.length; start += pieces) {
            cutter.take(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + pieces)), lines);
            assertThat(cutter.taken()).isEqualTo(from + Math.min(bytes.length, start + pieces));
        }
        cutter.finish(lines);
        return told;
    }
}
