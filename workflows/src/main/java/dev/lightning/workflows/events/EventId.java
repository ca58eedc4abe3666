package dev.lightning.workflows.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names an event within its owner.
 *
 * <p>Posted ids are 1 to 128 of {@code [A-Za-z0-9._~-]}. An emitted event appends {@code ~n} to its root's id, a
 * call {@code ~round~n} to its caller's, a cron
 * run's id ends in the nominal time that Temporal appends, hence the colon and the larger bound here.
 */
public record EventId(String value) {
    private static final Pattern ANY = Pattern.compile("[A-Za-z0-9._~:-]{1,200}");
    private static final Pattern POSTED = Pattern.compile("[A-Za-z0-9._~-]{1,128}");
    private static final Pattern EMITTED = Pattern.compile(".*~\\d+");

    private static final Pattern NUMBERS = Pattern.compile("(?<=.)(~\\d+)+$");

    /** Paths that consist of dots mean another folder to every HTTP client. */
    private static final Pattern DOTS = Pattern.compile("\\.+");

    @JsonCreator
    public EventId {
        if (!ANY.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an event id: " + value);
        }
    }

    /** Whether any event, posted, emitted or scheduled, can have this id; other strings name nothing. */
    public static boolean isPossible(String text) {
        return ANY.matcher(text).matches();
    }

    /** Whether a client may choose this id: it can stand in a path and cannot be mistaken for an emitted event's. */
    public static boolean isPostable(String text) {
        return POSTED.matcher(text).matches()
                && !EMITTED.matcher(text).matches()
                && !DOTS.matcher(text).matches();
    }

    /** The id of the {@code n}th event that this one's workflow emits, counted from 1 in workflow order. */
    public EventId emitted(int n) {
        return new EventId(value + "~" + n);
    }

    /** The id of the {@code n}th call in a round of calls that this one's handler makes, both counted from 1. */
    public EventId call(int round, int n) {
        return new EventId(value + "~" + round + "~" + n);
    }

    /** The id of the event that nothing inside the platform caused, from which this one's is made; its own for such an event. */
    public EventId root() {
        return new EventId(NUMBERS.matcher(value).replaceFirst(""));
    }

    @JsonValue
    @Override
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
