package dev.lightning.api.tools;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as people write them: a number of bytes, or one with Ki, Mi or Gi. */
final class ByteSizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(Ki|Mi|Gi)?");
    private static final long KI = 1L << 10;
    private static final long MI = 1L << 20;
    private static final long GI = 1L << 30;

    private ByteSizes() {}

    /** The bytes that a text means, null when it means none. */
    static @Nullable Long read(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        long factor = switch (matcher.group(2)) {
            case "Ki" -> KI;
            case "Mi" -> MI;
            case "Gi" -> GI;
            case null, default -> 1;
        };
        return Long.parseLong(matcher.group(1)) * factor;
    }

    static String write(long bytes) {
        if (bytes == 0 || bytes % KI != 0) {
            return Long.toString(bytes);
        }
        if (bytes % MI != 0) {
            return bytes / KI + "Ki";
        }
        return bytes % GI == 0 ? bytes / GI + "Gi" : bytes / MI + "Mi";
    }
}
