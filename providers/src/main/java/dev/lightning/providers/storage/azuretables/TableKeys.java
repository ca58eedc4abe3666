package dev.lightning.providers.storage.azuretables;

/**
 * Keys as Azure takes them, in the order that the port promises: its tables refuse {@code / \ # ?} in a key, trip over
 * {@code %} and quotes, and compare UTF-16 code units, while keys compare by their UTF-8 bytes.
 *
 * <p>Letters, digits, {@code -} and what lies from U+00A0 to U+D7FE are themselves. Every other character is a lead that
 * sorts where the character does, and one or two more that tell it from its neighbours, so that no code begins another
 * and comparing codes is comparing keys. A key of 255 units becomes 510 at most, where Azure takes 512.
 */
final class TableKeys {
    private static final int DIGITS = 0x4E00;
    private static final char BEYOND = '\uD7FF';
    private static final int PLANES = 1 << 16;
    private static final int LOW_BITS = 10;
    private static final int AFTER_SINGLES = DIGITS + PLANES - BEYOND;

    private TableKeys() {}

    static String encode(String key) {
        StringBuilder code = new StringBuilder(key.length() + 8);
        key.codePoints().forEach(point -> append(code, point));
        return code.toString();
    }

    static String decode(String code) {
        StringBuilder key = new StringBuilder(code.length());
        int index = 0;
        while (index < code.length()) {
            char lead = code.charAt(index++);
            if (lead == BEYOND) {
                int first = code.charAt(index++);
                key.appendCodePoint(
                        first < AFTER_SINGLES
                                ? BEYOND + first - DIGITS
                                : PLANES + ((first - AFTER_SINGLES) << LOW_BITS) + code.charAt(index++) - DIGITS);
            } else if (lead == lead(lead)) {
                key.append((char) (firstOf(lead) + code.charAt(index++) - 'A'));
            } else {
                key.append(lead);
            }
        }
        return key.toString();
    }

    private static void append(StringBuilder code, int point) {
        char lead = lead(point);
        if (lead == 0) {
            code.append((char) point);
        } else if (lead != BEYOND) {
            code.append(lead).append((char) ('A' + point - firstOf(lead)));
        } else if (point < PLANES) {
            code.append(lead).append((char) (DIGITS + point - BEYOND));
        } else {
            int offset = point - PLANES;
            code.append(lead)
                    .append((char) (AFTER_SINGLES + (offset >> LOW_BITS)))
                    .append((char) (DIGITS + (offset & ((1 << LOW_BITS) - 1))));
        }
    }

    /** What stands first for this character: sorts after everything below it and before everything above; 0 for itself. */
    private static char lead(int point) {
        if (point >= BEYOND) {
            return BEYOND;
        }
        if (point > '~' || point == '-' || isLetterOrDigit(point)) {
            return 0;
        }
        if (point < '-') {
            return '!';
        }
        if (point < '0') {
            return '.';
        }
        if (point < 'A') {
            return ':';
        }
        return point < 'a' ? '_' : '~';
    }

    private static char firstOf(char lead) {
        return switch (lead) {
            case '!' -> ' ';
            case '.' -> '.';
            case ':' -> ':';
            case '_' -> '[';
            case '~' -> '{';
            default -> throw new IllegalStateException("No key begins a code with " + (int) lead);
        };
    }

    private static boolean isLetterOrDigit(int point) {
        return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
    }
}
