package dev.lightning.providers.runtime.azure;

import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RunUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as the agent has written it down.
 *
 * @param taken whether it was ended from outside of its container
 * @param leftOut how many files were too large to be handed over
 */
record RunReport(int exitCode, Instant startedAt, Instant endedAt, boolean outOfMemory, boolean taken, int leftOut) {
    private static final int KILLED = 137;

    /** Trusts nothing in it: whoever has the link can write. */
    static RunReport read(String text, Instant otherwise) {
        Map<String, String> lines = text.lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, second) -> first));
        Instant ended = instant(lines.get("ended"), otherwise);
        Instant started = instant(lines.get("started"), ended);
        return new RunReport(
                exitCode(lines.get("exit")),
                started,
                ended.isBefore(started) ? started : ended,
                "exceeded".equals(lines.get("memory")),
                "yes".equals(lines.get("taken")),
                count(lines.get("left_out")));
    }

    /** Seconds since 1970 with a fraction. */
    static Instant instant(@Nullable String seconds, Instant otherwise) {
        if (seconds == null || !seconds.strip().matches("\\d{1,11}(\\.\\d{1,9})?")) {
            return otherwise;
        }
        return Instant.ofEpochMilli(
                new BigDecimal(seconds.strip()).movePointRight(3).longValue());
    }

    RunStatus.Ended status(@Nullable RunUsage usage) {
        return new RunStatus.Ended(exitCode, startedAt, endedAt, outOfMemory, usage);
    }

    private static int count(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static int exitCode(@Nullable String text) {
        return text != null && text.matches("\\d{1,3}") ? Integer.parseInt(text) : KILLED;
    }
}
