package dev.lightning.providers.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The named values of an entity, in the types that every store knows: string, long, boolean and instant (to the
 * millisecond). A name without a value is absent; {@value #FORMAT} is reserved for the entity's format version.
 */
public final class Properties {
    /** The property that carries the format version of an entity, so that a later release can tell what it reads. */
    public static final String FORMAT = "v";

    private final Map<String, Object> values;

    private Properties(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    public static Builder format(long version) {
        return new Builder(new LinkedHashMap<>()).put(FORMAT, version);
    }

    /** What an adapter has read. */
    public static Properties of(Map<String, Object> values) {
        return new Properties(new LinkedHashMap<>(values));
    }

    public Map<String, Object> asMap() {
        return values;
    }

    public Builder change() {
        return new Builder(new LinkedHashMap<>(values));
    }

    public @Nullable String text(String name) {
        return (String) values.get(name);
    }

    public @Nullable Long number(String name) {
        return (Long) values.get(name);
    }

    public @Nullable Boolean flag(String name) {
        return (Boolean) values.get(name);
    }

    public @Nullable Instant instant(String name) {
        return (Instant) values.get(name);
    }

    /** The string that every entity of this kind has. */
    public String requireText(String name) {
        return require(text(name), name);
    }

    public long requireNumber(String name) {
        return require(number(name), name);
    }

    public Instant requireInstant(String name) {
        return require(instant(name), name);
    }

    private static <T> T require(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException("The stored entity has no property " + name);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Properties that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Properties" + values.keySet();
    }

    /** Collects properties; a null value removes the name. */
    public static final class Builder {
        private final Map<String, Object> values;

        private Builder(Map<String, Object> values) {
            this.values = values;
        }

        public Builder put(String name, @Nullable String value) {
            return set(name, value);
        }

        public Builder put(String name, @Nullable Long value) {
            return set(name, value);
        }

        public Builder put(String name, @Nullable Boolean value) {
            return set(name, value);
        }

        /** Keeps the instant to the millisecond, which is what every store can hold. */
        public Builder put(String name, @Nullable Instant value) {
            return set(name, value == null ? null : Instant.ofEpochMilli(value.toEpochMilli()));
        }

        public Properties build() {
            return new Properties(new LinkedHashMap<>(values));
        }

        private Builder set(String name, @Nullable Object value) {
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
            return this;
        }
    }
}
