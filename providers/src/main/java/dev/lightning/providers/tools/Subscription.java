package dev.lightning.providers.tools;

import java.util.List;

/** What the types of a definition mean: {@code order.*} takes everything below {@code order}, at any depth. */
public final class Subscription {
    private static final String BELOW = ".*";

    private Subscription() {}

    public static boolean accepts(List<String> accepted, String type) {
        return accepted.stream().anyMatch(pattern -> accepts(pattern, type));
    }

    private static boolean accepts(String pattern, String type) {
        return pattern.endsWith(BELOW)
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(type);
    }

    /** Whether this takes everything below a name, and not one type only. */
    public static boolean isWide(String pattern) {
        return pattern.endsWith(BELOW);
    }

    /** The name that a pattern takes everything below of; an exact type as it is. */
    public static String stem(String pattern) {
        return isWide(pattern) ? pattern.substring(0, pattern.length() - BELOW.length()) : pattern;
    }
}
