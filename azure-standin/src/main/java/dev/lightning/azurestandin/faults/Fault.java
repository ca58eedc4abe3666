package dev.lightning.azurestandin.faults;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the script: what happens to the n-th to m-th of the requests that it is meant for.
 *
 * @param verb GET, PUT, PATCH, POST, DELETE, LIST (a GET of a collection), or * for all
 * @param type as {@code Microsoft.ContainerInstance/containerGroups}, with the action where there is one
 *     ({@code .../containerGroups/start}, {@code .../containerGroups/containers/logs}), {@code operations} for the polling
 *     of long-running operations, or * for all
 * @param name of the resource, with * for anything
 * @param from the first matching request that it happens to, counted from 1
 * @param to the last one
 */
public record Fault(String verb, String type, String name, int from, int to, Effect effect) {
    private static final String ANY = "*";

    /** Fills in what a script leaves out: everything matches, and the first request is hit. */
    @JsonCreator
    static Fault read(
            @JsonProperty("verb") @Nullable String verb,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("from") @Nullable Integer from,
            @JsonProperty("to") @Nullable Integer to,
            @JsonProperty(value = "effect", required = true) @Nullable Effect effect) {
        if (effect == null) {
            throw new IllegalArgumentException("effect says what happens, and is missing");
        }
        int first = from == null ? 1 : from;
        return new Fault(
                verb == null ? ANY : verb,
                type == null ? ANY : type,
                name == null ? ANY : name,
                first,
                to == null ? first : to,
                effect);
    }

    /** Checks that the requests it is meant for can be counted. */
    public Fault {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("from is at least 1 and to at least from, not " + from + " and " + to);
        }
    }

    /** Begins a fault that hits the first matching request. */
    public static Fault on(String verb, String type, Effect effect) {
        return new Fault(verb, type, ANY, 1, 1, effect);
    }

    /** The same for resources with such a name only. */
    public Fault named(String pattern) {
        return new Fault(verb, type, pattern, from, to, effect);
    }

    /** The same for other requests, counted from 1. */
    public Fault times(int first, int last) {
        return new Fault(verb, type, name, first, last, effect);
    }

    /** The same for every request from the first on. */
    public Fault always() {
        return times(1, Integer.MAX_VALUE);
    }

    boolean isFor(String askedVerb, String askedType, String askedName) {
        return matches(verb, askedVerb) && matches(type, askedType) && matches(name, askedName);
    }

    private static boolean matches(String pattern, String value) {
        String regex = Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace(ANY, "\\E.*\\Q");
        return value.toLowerCase(Locale.ROOT).matches(regex);
    }
}
