package dev.lightning.providers.storage.azuretables;

import dev.lightning.providers.storage.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the tables are called in the account; what is left out (null or blank) has its default.
 *
 * @param users {@code USER_TABLE}, {@code users}
 * @param repos {@code REPO_TABLE}, {@code repos}
 * @param schedules {@code SCHEDULE_TABLE}, {@code schedules}
 * @param prefix {@code TABLE_PREFIX}, in front of every name so that installations can share an account; none
 */
public record AzureTablesSettings(String users, String repos, String schedules, String prefix) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,62}");
    private static final Pattern PREFIX = Pattern.compile("|[A-Za-z][A-Za-z0-9]{0,39}");

    public AzureTablesSettings {
        users = given(users, Table.USERS.defaultName());
        repos = given(repos, Table.REPOS.defaultName());
        schedules = given(schedules, Table.SCHEDULES.defaultName());
        prefix = given(prefix, "");
        List<String> wrong = new ArrayList<>();
        require(
                wrong,
                PREFIX.matcher(prefix).matches(),
                "TABLE_PREFIX must be at most 40 letters and digits that begin with a letter");
        String front = PREFIX.matcher(prefix).matches() ? prefix : "";
        requireName(wrong, "USER_TABLE", front + users);
        requireName(wrong, "REPO_TABLE", front + repos);
        requireName(wrong, "SCHEDULE_TABLE", front + schedules);
        requireDistinct(wrong, names(users, repos, schedules, prefix));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    /** What each table is called in the account. */
    public Map<Table, String> names() {
        return names(users, repos, schedules, prefix);
    }

    private static Map<Table, String> names(String users, String repos, String schedules, String prefix) {
        Map<Table, String> names = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            String name = switch (table) {
                case USERS -> users;
                case REPOS -> repos;
                case SCHEDULES -> schedules;
                case EVENTS, EFFECTS, MESSAGES, TOOLS, TASKS, PROBES -> table.defaultName();
            };
            names.put(table, prefix + name);
        }
        return names;
    }

    private static String given(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static void requireName(List<String> wrong, String setting, String name) {
        require(
                wrong,
                NAME.matcher(name).matches() && !name.equalsIgnoreCase("tables"),
                setting + " must be 3 to 63 letters and digits, TABLE_PREFIX included, that begin with a letter,"
                        + " and not \"tables\"");
    }

    /** Azure does not tell names apart by case. */
    private static void requireDistinct(List<String> wrong, Map<Table, String> names) {
        Map<String, Table> taken = new HashMap<>();
        names.forEach((table, name) -> {
            Table other = taken.putIfAbsent(name.toLowerCase(Locale.ROOT), table);
            require(
                    wrong,
                    other == null,
                    "USER_TABLE, REPO_TABLE and SCHEDULE_TABLE must differ from each other and from the tables"
                            + " of ours: two are called " + name);
        });
    }

    private static void require(List<String> wrong, boolean right, String message) {
        if (!right) {
            wrong.add(message);
        }
    }
}
