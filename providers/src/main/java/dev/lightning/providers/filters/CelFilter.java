package dev.lightning.providers.filters;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;

/**
 * A condition over {@code event}, which has {@code id, type, source, time, subject, userID, metadata}; {@code time} is a
 * timestamp and {@code subject} absent where the event has none.
 *
 * <p>Whoever writes one is not trusted, so nothing in it can grow or run for long: there is no concatenation and no
 * macro that makes a list, {@code all}, {@code exists} and {@code exists_one} go at most {@value #MAX_NESTING} deep, and
 * their rounds are counted.
 */
public final class CelFilter {
    /** How long an expression may be, in characters. */
    public static final int MAX_LENGTH = 2_000;

    static final int MAX_NESTING = 2;
    static final int MAX_ROUNDS = 10_000;

    private static final int LONGEST_REASON = 200;

    private final CelRuntime.Program program;

    private CelFilter(CelRuntime.Program program) {
        this.program = program;
    }

    /** Checks an expression; throws with everything that is wrong with it. */
    public static CelFilter compile(String expression) throws InvalidFilterException {
        return new CelFilter(CelCompilation.compile(expression));
    }

    /**
     * Why the filter does not let the event through, empty when it does. What cannot be evaluated, for example because a
     * field is missing, does not let it through.
     */
    public Optional<String> refusal(FilterEvent event) {
        try {
            Object result = program.eval(Map.of("event", CelEvents.value(event)));
            return Boolean.TRUE.equals(result) ? Optional.empty() : Optional.of(inWords(result));
        } catch (CelEvaluationException | RuntimeException failure) {
            return Optional.of("the filter could not be evaluated: " + firstLine(String.valueOf(failure.getMessage())));
        }
    }

    private static String inWords(Object result) {
        return Boolean.FALSE.equals(result) ? "the filter is false" : "the filter is neither true nor false";
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        String plain = line.startsWith("evaluation error") ? line.replaceFirst("^evaluation error[^:]*: ", "") : line;
        return plain.length() <= LONGEST_REASON ? plain : plain.substring(0, LONGEST_REASON) + "...";
    }
}
