package dev.lightning.providers.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines that stand in a run's output for what is not kept of it, the same in every runtime: it is part of the output
 * that is handed over, so that whoever goes on where they were, live or afterwards, counts the same bytes.
 *
 * <p>Behind the first {@link RunLimits#outputBytes} bytes stands how many bytes were left out before the end, or at the
 * very beginning that an engine has kept the end only. A program can write such a line too, and fools only itself.
 */
public final class OutputMarks {
    /** How much of the end of each channel a runtime keeps beyond the limit, in bytes. */
    public static final int END = 1 << 20;

    /** A mark is not longer. */
    public static final int LONGEST = 64;

    private static final byte[] BEGINNING = bytes("[... the beginning was left out ...]\n");
    private static final Pattern BETWEEN = Pattern.compile("\n\\[\\.\\.\\. (\\d{1,18}) bytes left out \\.\\.\\.]\n");

    private OutputMarks() {}

    /** Stands between the beginning and the end. */
    public static byte[] between(long leftOut) {
        return bytes("\n[... " + leftOut + " bytes left out ...]\n");
    }

    /** Stands at the beginning where an unknown number of bytes was left out. */
    public static byte[] beginning() {
        return BEGINNING.clone();
    }

    /** Whether the output begins with {@link #beginning}. */
    public static boolean beginsLate(byte[] output) {
        return output.length >= BEGINNING.length
                && Arrays.equals(output, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    /** What {@link #between} says that these bytes begin with; empty when it is something else. */
    public static OptionalLong leftOut(byte[] output) {
        Matcher mark =
                BETWEEN.matcher(new String(output, 0, Math.min(LONGEST, output.length), StandardCharsets.ISO_8859_1));
        return mark.lookingAt() ? OptionalLong.of(Long.parseLong(mark.group(1))) : OptionalLong.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
