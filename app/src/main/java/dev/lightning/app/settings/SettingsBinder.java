package dev.lightning.app.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.ConfigurableEnvironment;

/** Makes settings records of {@code lightning.*} properties and names the variable that people know when one is wrong. */
public final class SettingsBinder {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)");

    private final ConfigurableEnvironment environment;

    public SettingsBinder(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** The record of the properties below this prefix; throws {@link StartFailure} when one cannot be used. */
    public <T> T bind(String prefix, Class<T> type) {
        try {
            return Binder.get(environment).bindOrCreate(prefix, type);
        } catch (BindException wrong) {
            throw new StartFailure(explain(wrong), wrong);
        }
    }

    private String explain(BindException wrong) {
        Optional<Throwable> refusal = Stream.<Throwable>iterate(wrong, cause -> cause != null, Throwable::getCause)
                .filter(cause -> cause instanceof StartFailure || isOurRefusal(cause))
                .findFirst();
        if (refusal.isPresent()) {
            return String.valueOf(refusal.get().getMessage());
        }
        ConfigurationProperty property = wrong.getProperty();
        String name = property == null
                ? wrong.getName().toString()
                : variable(property.getName().toString());
        return "%s cannot be read as %s"
                .formatted(name, kind(wrong.getTarget().getType().resolve(Object.class)));
    }

    /** A settings record's compact constructor, as opposed to a conversion of Spring's. */
    private static boolean isOurRefusal(Throwable cause) {
        StackTraceElement[] stack = cause.getStackTrace();
        return cause instanceof IllegalArgumentException
                && stack.length > 0
                && stack[0].getClassName().startsWith("dev.lightning.");
    }

    private String variable(String property) {
        return environment.getPropertySources().stream()
                .map(source -> source.getProperty(property))
                .map(SettingsBinder::placeholder)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(property);
    }

    private static Optional<String> placeholder(@Nullable Object raw) {
        Matcher matcher = PLACEHOLDER.matcher(String.valueOf(raw));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String kind(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 20s or 5m";
            case "URI", "URL" -> "an address such as https://example.org";
            default -> "a " + type.getSimpleName();
        };
    }
}
