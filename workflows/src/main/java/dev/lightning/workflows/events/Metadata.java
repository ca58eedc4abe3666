package dev.lightning.workflows.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an event says beyond its envelope: an immutable, ordered JSON object of plain values.
 *
 * <p>Integers and decimals stay exact; nesting is at most {@value #MAX_DEPTH} deep.
 */
public final class Metadata {
    public static final int MAX_DEPTH = 32;
    private static final Metadata EMPTY = new Metadata(new LinkedHashMap<>());

    private final Map<String, @Nullable Object> values;

    private Metadata(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** Copies a JSON object; throws {@link IllegalArgumentException} for what JSON cannot hold or for deeper nesting. */
    @JsonCreator
    public static Metadata of(Map<String, ? extends @Nullable Object> values) {
        return new Metadata(copyOfObject(values, 1));
    }

    public static Metadata empty() {
        return EMPTY;
    }

    @JsonValue
    public Map<String, @Nullable Object> asMap() {
        return values;
    }

    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /** The value under this name when it is a string, else null. */
    public @Nullable String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    public Metadata with(String name, Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return of(copy);
    }

    private static Map<String, @Nullable Object> copyOfObject(Map<?, ?> source, int depth) {
        requireDepth(depth);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        source.forEach((name, value) -> copy.put((String) name, copyOf(value, depth)));
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> copyOfArray(List<?> source, int depth) {
        requireDepth(depth);
        List<@Nullable Object> copy = new ArrayList<>();
        source.forEach(value -> copy.add(copyOf(value, depth)));
        return Collections.unmodifiableList(copy);
    }

    private static @Nullable Object copyOf(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case Integer number -> number;
            case Long number -> number;
            case BigInteger number -> number;
            case BigDecimal number -> number;
            case Double number -> BigDecimal.valueOf(number);
            case Map<?, ?> object -> copyOfObject(object, depth + 1);
            case List<?> array -> copyOfArray(array, depth + 1);
            default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
        };
    }

    private static void requireDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nesting is deeper than " + MAX_DEPTH);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Metadata that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values);
    }

    @Override
    public String toString() {
        return "Metadata" + values.keySet();
    }
}
