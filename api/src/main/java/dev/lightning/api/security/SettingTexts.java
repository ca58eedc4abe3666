package dev.lightning.api.security;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the settings of this package check in the same way. */
final class SettingTexts {
    private SettingTexts() {}

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static boolean isSet(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    static String orElse(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text.strip();
    }

    static List<String> list(@Nullable List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    /** An https address; plain http only on this machine, where nobody listens in. */
    static boolean isSafe(URI address) {
        String host = address.getHost();
        return host != null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme())
                                && List.of("localhost", "127.0.0.1", "[::1]").contains(host)));
    }

    static URI address(String text, String variable) {
        try {
            URI address = URI.create(text);
            require(isSafe(address), variable + " must be an https address");
            return address;
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(variable + " must be an https address", unreadable);
        }
    }
}
