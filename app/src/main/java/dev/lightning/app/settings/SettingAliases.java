package dev.lightning.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The founding documents' other spellings of our settings, translated once so that nothing else needs to know them.
 *
 * <p>An alias is accepted with a warning; two spellings that disagree, or a value outside the list, stop the start: with
 * all else that is wrong, unless it is the mode, which decides what else is looked at.
 */
public final class SettingAliases {
    /** Canonical name to the other names of the same setting. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "SERVICEBUS_CONNECTION", List.of("SERVICE_BUS_CONNECTION_STRING"),
            "STORAGE_CONNECTION", List.of("AZURE_STORAGE_CONNECTION_STRING"));

    /** Settings with a fixed set of values, in canonical spelling. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "LIGHTNING_MODE", List.of("local", "azure"),
            "SERVICE_TYPE", List.of("all", "api", "worker"),
            "LIGHTNING_STORAGE_PROVIDER", List.of("local", "azure_table", "azure_cosmos"),
            "LIGHTNING_BLOB_PROVIDER", List.of("local", "azure_blob"),
            "LIGHTNING_EVENT_BUS_PROVIDER", List.of("local", "azure_service_bus"),
            "LIGHTNING_LOG_FORMAT", List.of("text", "json"),
            "LIGHTNING_TEMPORAL_SYNCHRONOUS", List.of("normal", "full"));

    /** What decides which other settings are needed. */
    private static final String DECISIVE = "LIGHTNING_MODE";

    /** Setting to its values' other spellings. */
    private static final Map<String, Map<String, String>> SPELLINGS = Map.of(
            "SERVICE_TYPE", Map.of("event_processor", "worker"),
            "LIGHTNING_STORAGE_PROVIDER", Map.of("cosmos", "azure_cosmos"),
            "LIGHTNING_EVENT_BUS_PROVIDER", Map.of("servicebus", "azure_service_bus", "redis", "local"));

    private SettingAliases() {}

    /**
     * What an environment says.
     *
     * @param settings in canonical names and spellings, without those of unknown values
     * @param unknown names of settings that have an unknown value; what their defaults would need is nobody's fault
     */
    public record Resolved(
            SequencedMap<String, String> settings,
            List<String> warnings,
            List<String> findings,
            List<String> unknown) {}

    /** Translates an environment; blank values count as absent, as people mean them. */
    public static Resolved resolve(Map<String, String> environment) {
        SequencedMap<String, String> settings = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                settings.put(name, value.strip());
            }
        });
        List<String> warnings = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        new TreeMap<>(NAMES).forEach((canonical, aliases) -> rename(settings, canonical, aliases, warnings, findings));
        List<String> unknown = new ArrayList<>();
        new TreeMap<>(VALUES).forEach((name, allowed) -> {
            if (!respell(settings, name, allowed, warnings, findings)) {
                unknown.add(name);
            }
        });
        if (unknown.contains(DECISIVE)) {
            throw new StartFailure(String.join("\n", findings));
        }
        return new Resolved(settings, List.copyOf(warnings), List.copyOf(findings), List.copyOf(unknown));
    }

    private static void rename(
            Map<String, String> settings,
            String canonical,
            List<String> aliases,
            List<String> warnings,
            List<String> findings) {
        for (String alias : aliases) {
            String value = settings.get(alias);
            if (value == null) {
                continue;
            }
            String other = settings.putIfAbsent(canonical, value);
            if (other != null && !other.equals(value)) {
                findings.add("%s and %s are two names of one setting and disagree; keep %s"
                        .formatted(canonical, alias, canonical));
            }
            warnings.add("%s is an alias; its name here is %s".formatted(alias, canonical));
        }
    }

    /** Whether the value is known; one that is not is left out. */
    private static boolean respell(
            Map<String, String> settings,
            String name,
            List<String> allowed,
            List<String> warnings,
            List<String> findings) {
        String given = settings.get(name);
        if (given == null) {
            return true;
        }
        String value = given.toLowerCase(Locale.ROOT);
        String canonical = SPELLINGS.getOrDefault(name, Map.of()).getOrDefault(value, value);
        if (!allowed.contains(canonical)) {
            findings.add("%s must be one of %s; it is %s".formatted(name, String.join(", ", allowed), given));
            settings.remove(name);
            return false;
        }
        if (value.equals("redis")) {
            warnings.add(name + "=redis: Temporal is the bus, nothing else is needed");
        } else if (!canonical.equals(value)) {
            warnings.add("%s=%s is an alias of %s=%s".formatted(name, value, name, canonical));
        }
        settings.put(name, canonical);
        return true;
    }
}
