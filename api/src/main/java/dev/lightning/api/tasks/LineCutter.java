package dev.lightning.api.tasks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Makes lines of the bytes of one channel, however these come in pieces. A line ends with a line feed, and a carriage
 * return before that is no part of it; what is no UTF-8 is replaced. A line that is longer than {@link #LONGEST} is told
 * in parts, none of which splits a character.
 */
final class LineCutter {
    /** In bytes. */
    static final int LONGEST = 16 << 10;

    /** Whether a line is too long shows only after the line's possible end of two bytes. */
    private static final int END = 2;

    private static final int LONGEST_CHARACTER = 4;

    /** Hears of lines. */
    interface Lines {
        /**
         * Tells a line or, when it goes on, a part of one.
         *
         * @param position how many bytes of the channel there are up to its end
         */
        void take(String line, boolean goesOn, long position) throws IOException;
    }

    private final byte[] held = new byte[LONGEST + END];
    private int length;
    private long told;

    /** Begins with the byte of the channel after this many. */
    LineCutter(long position) {
        this.told = position;
    }

    /** How many bytes of the channel have been taken. */
    long taken() {
        return told + length;
    }

    void take(byte[] piece, Lines lines) throws IOException {
        for (byte next : piece) {
            if (next == '\n') {
                int text = length > 0 && held[length - 1] == '\r' ? length - 1 : length;
                tell(text, length + 1, false, lines);
                length = 0;
            } else {
                held[length++] = next;
                if (length == held.length) {
                    tellPart(lines);
                }
            }
        }
    }

    /** Tells the last line where it has no end. */
    void finish(Lines lines) throws IOException {
        while (length > LONGEST) {
            tellPart(lines);
        }
        if (length > 0) {
            tell(length, length, false, lines);
            length = 0;
        }
    }

    private void tellPart(Lines lines) throws IOException {
        int part = LONGEST;
        while (part > LONGEST - LONGEST_CHARACTER && isInsideCharacter(held[part])) {
            part--;
        }
        part = isInsideCharacter(held[part]) ? LONGEST : part;
        tell(part, part, true, lines);
        length -= part;
        System.arraycopy(held, part, held, 0, length);
    }

    private void tell(int text, int bytes, boolean goesOn, Lines lines) throws IOException {
        told += bytes;
        lines.take(new String(held, 0, text, StandardCharsets.UTF_8), goesOn, told);
    }

    private static boolean isInsideCharacter(byte octet) {
        return (octet & 0xC0) == 0x80;
    }
}
