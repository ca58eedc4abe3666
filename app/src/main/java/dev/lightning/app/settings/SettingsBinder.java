package dev.lightning.app.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Makes settings records of {@code lightning.*} properties and names the variable that people know when one is wrong. */
public final class SettingsBinder {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9_]+\\b");

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

    /**
     * All that is wrong with the record of the properties below this prefix, one line each: a variable that is refused is
     * left out, and the others are looked at again.
     */
    public List<String> findings(String prefix, Class<?> type) {
        List<String> findings = new ArrayList<>();
        Set<String> refused = new HashSet<>();
        boolean more = true;
        while (more) {
            String said = refusal(prefix, type, refused);
            // What the record says of a variable that was left out is not meant.
            List<String> lines = said.lines()
                    .filter(line -> !findings.contains(line) && names(line).noneMatch(refused::contains))
                    .toList();
            findings.addAll(lines);
            more = lines.stream()
                            .flatMap(SettingsBinder::names)
                            .filter(environment::containsProperty)
                            .filter(refused::add)
                            .count()
                    > 0;
        }
        return findings;
    }

    private String refusal(String prefix, Class<?> type, Set<String> leftOut) {
        try {
            Binder.get(without(leftOut)).bindOrCreate(prefix, type);
            return "";
        } catch (BindException wrong) {
            return explain(wrong);
        }
    }

    /** The same environment as if these variables were not set. */
    private ConfigurableEnvironment without(Set<String> variables) {
        if (variables.isEmpty()) {
            return environment;
        }
        StandardEnvironment rest = new StandardEnvironment();
        MutablePropertySources sources = rest.getPropertySources();
        sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
        environment.getPropertySources().stream()
                .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                .map(source ->
                        source instanceof SystemEnvironmentPropertySource system ? without(system, variables) : source)
                .forEach(sources::addLast);
        ConfigurationPropertySources.attach(rest);
        return rest;
    }

    private static PropertySource<?> without(SystemEnvironmentPropertySource system, Set<String> variables) {
        Map<String, Object> rest = new HashMap<>(system.getSource());
        rest.keySet().removeAll(variables);
        return new SystemEnvironmentPropertySource(system.getName(), rest);
    }

    private static Stream<String> names(String line) {
        return VARIABLE.matcher(line).results().map(MatchResult::group);
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
