package dev.lightning.api.schedules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happens when a run is due while an earlier one still goes on. Temporal's policy to terminate the earlier run is
 * left out: a terminated event would never reach its outcome.
 */
enum Overlap {
    SKIP,
    BUFFER_ONE,
    BUFFER_ALL,
    CANCEL_OTHER,
    ALLOW_ALL;

    static Optional<Overlap> of(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(policy -> policy.name().equals(name))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
