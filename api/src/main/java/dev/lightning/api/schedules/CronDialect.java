package dev.lightning.api.schedules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Says the cron expressions that people bring in the form that Temporal understands: 5 fields and words like
 * {@code @hourly} as they are, 6 fields as Azure's NCRONTAB with seconds first, 7 fields from second to year.
 */
final class CronDialect {
    private static final int LONGEST = 256;
    private static final Pattern GAP = Pattern.compile("\\s+");
    private static final List<String> WORDS =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final List<CronField> SEVEN = List.of(CronField.values());

    private CronDialect() {}

    /** What became of an expression. */
    sealed interface Reading {
        /**
         * Temporal's form of the expression.
         *
         * @param everyHour whether it names the same minutes of every hour, so that whole hours of time zone are nothing
         *     to it
         */
        record Understood(String temporal, boolean everyHour) implements Reading {}

        /** Everything that is wrong with it, in sentences that name the field of the expression. */
        record Refused(List<String> problems) implements Reading {}
    }

    /**
     * Reads an expression.
     *
     * @param bothDays whether the caller knows that a day must match day of month and day of week, as Temporal has it;
     *     classic cron takes either
     */
    static Reading read(String expression, boolean bothDays) {
        String trimmed = expression.strip();
        if (trimmed.length() > LONGEST) {
            return refused("is longer than " + LONGEST + " characters");
        }
        if (trimmed.startsWith("TZ=") || trimmed.startsWith("CRON_TZ=")) {
            return refused("takes no time zone; say it in timeZone");
        }
        if (trimmed.startsWith("@")) {
            return word(trimmed.toLowerCase(Locale.ROOT));
        }
        List<String> texts = List.of(GAP.split(trimmed));
        return switch (texts.size()) {
            case 5 -> fields(SEVEN.subList(1, 6), texts, "", bothDays);
            case 6 -> fields(SEVEN.subList(0, 6), texts, " *", bothDays);
            case 7 -> fields(SEVEN, texts, "", bothDays);
            default ->
                refused("has " + (trimmed.isEmpty() ? 0 : texts.size()) + " fields; 5, 6 (seconds first) or 7"
                        + " (seconds first, year last) are understood");
        };
    }

    private static Reading word(String word) {
        return WORDS.contains(word)
                ? new Reading.Understood(word, word.equals("@hourly"))
                : refused("is none of the words " + String.join(", ", WORDS));
    }

    private static Reading fields(List<CronField> fields, List<String> texts, String rest, boolean bothDays) {
        List<String> problems = new ArrayList<>();
        Map<CronField, BitSet> selected = new EnumMap<>(CronField.class);
        for (int at = 0; at < fields.size(); at++) {
            selected.put(fields.get(at), fields.get(at).select(texts.get(at), problems::add));
        }
        if (problems.isEmpty()
                && !bothDays
                && selected.entrySet().stream()
                                .filter(entry ->
                                        isDay(entry.getKey()) && entry.getKey().isRestricted(entry.getValue()))
                                .count()
                        == 2) {
            problems.add(
                    "restricts both day of month and day of week; say \"dayMatch\":\"and\" if a day must match both,"
                            + " or make two schedules if either is enough");
        }
        return problems.isEmpty()
                ? new Reading.Understood(temporal(fields, texts, selected) + rest, isEveryHour(selected))
                : new Reading.Refused(List.copyOf(problems));
    }

    /** Temporal leaves Sunday out of 1-7 and 1/1, so every day of the week is said as the star that it is. */
    private static String temporal(List<CronField> fields, List<String> texts, Map<CronField, BitSet> selected) {
        List<String> said = new ArrayList<>(texts);
        int day = fields.indexOf(CronField.DAY_OF_WEEK);
        if (!CronField.DAY_OF_WEEK.isRestricted(selected.getOrDefault(CronField.DAY_OF_WEEK, new BitSet()))) {
            said.set(day, "*");
        }
        return String.join(" ", said);
    }

    private static boolean isEveryHour(Map<CronField, BitSet> selected) {
        return selected.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(CronField.HOUR) >= 0)
                .noneMatch(entry -> entry.getKey().isRestricted(entry.getValue()));
    }

    private static boolean isDay(CronField field) {
        return field == CronField.DAY_OF_MONTH || field == CronField.DAY_OF_WEEK;
    }

    private static Reading refused(String problem) {
        return new Reading.Refused(List.of(problem));
    }
}
