package dev.lightning.api.users;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a password must be: long enough, and not among those that attackers try first. */
final class PasswordRules {
    static final int LONGEST = 128;

    private static final int SHORTEST = 8;
    private static final Set<String> COMMON = load();

    private PasswordRules() {}

    /** What is wrong with a new password, in words for its user. */
    static Optional<String> objection(String userId, String password) {
        long length = password.codePoints().count();
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("must have " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (password.codePoints().anyMatch(PasswordRules::isHalfCharacter)) {
            return Optional.of("has a character that is not valid Unicode");
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (COMMON.contains(lower)) {
            return Optional.of("is one of the most common passwords; choose another");
        }
        return lower.equals(userId.toLowerCase(Locale.ROOT))
                ? Optional.of("must differ from the user name")
                : Optional.empty();
    }

    private static boolean isHalfCharacter(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static Set<String> load() {
        InputStream list = Objects.requireNonNull(
                PasswordRules.class.getResourceAsStream("common-passwords.txt"), "common-passwords.txt is missing");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
