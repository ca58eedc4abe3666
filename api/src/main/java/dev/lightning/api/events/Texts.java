package dev.lightning.api.events;

import org.jspecify.annotations.Nullable;

/** Tells strings that can be stored, logged and sent on from those that cannot. */
final class Texts {
    private Texts() {}

    /** Whether every character is whole and none is a control character. */
    static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(point -> Character.isISOControl(point) || isLoneSurrogate(point));
    }

    /** What is wrong with a JSON string, null when nothing is; line breaks and the like are welcome. */
    static @Nullable String fault(String text) {
        if (text.indexOf('\0') >= 0) {
            return "must not contain the character U+0000";
        }
        return text.codePoints().anyMatch(Texts::isLoneSurrogate)
                ? "contains half a surrogate pair, which is no character"
                : null;
    }

    private static boolean isLoneSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
