package dev.lightning.api.errors;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what keeps a body from being read, and where, in words of ours: the parser's repeat what was sent. */
public final class Malformed {
    private Malformed() {}

    /** There is no body, or nothing in it. */
    public static ErrorResponseException empty() {
        return Problem.MALFORMED_JSON.with("it is empty");
    }

    /** The parser could not read it, or there was nothing to parse. */
    public static ErrorResponseException of(Throwable unreadable) {
        return Causes.find(unreadable, JacksonException.class)
                .map(failure -> Problem.MALFORMED_JSON.with(kind(failure) + place(failure.getLocation())))
                .orElseGet(Malformed::empty);
    }

    private static String kind(JacksonException failure) {
        String said = Objects.requireNonNullElse(failure.getOriginalMessage(), "");
        if (said.startsWith("Duplicate ")) {
            return "an object has a name twice";
        }
        return switch (failure) {
            case StreamConstraintsException _ ->
                said.contains("depth") ? "it is nested too deep" : "a number or a text is too long";
            case UnexpectedEndOfInputException _ -> "it ends too early";
            case MismatchedInputException _ -> mismatch(said);
            default -> "it is no JSON";
        };
    }

    private static String mismatch(String said) {
        if (said.startsWith("Trailing token")) {
            return "there is more after its end";
        }
        return said.startsWith("No content") ? "it is empty" : "it is another kind of value than is taken here";
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1 || location.getColumnNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
