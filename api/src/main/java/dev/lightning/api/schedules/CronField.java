package dev.lightning.api.schedules;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One field of a cron expression: what may stand in it, and which of its values a text selects. */
enum CronField {
    SECOND("second", 0, 59),
    MINUTE("minute", 0, 59),
    HOUR("hour", 0, 23),
    DAY_OF_MONTH("day of month", 1, 31),
    MONTH("month", 1, 12),
    /** 0 and 7 are both Sunday. */
    DAY_OF_WEEK("day of week", 0, 7),
    YEAR("year", 2000, 2100);

    private static final int SHOWN = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern QUARTZ = Pattern.compile("[0-9]*(?:L|W|LW)|L-[0-9]+|[A-Z]{3}L|.*[?#].*");
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

    private final String words;
    private final int min;
    private final int max;

    CronField(String words, int min, int max) {
        this.words = words;
        this.min = min;
        this.max = max;
    }

    /** The values that this text selects; what is wrong with it goes to {@code problems}, each naming the field. */
    BitSet select(String text, Consumer<String> problems) {
        BitSet selected = new BitSet();
        for (String part : text.split(",", -1)) {
            String problem = add(part, selected);
            if (problem != null) {
                problems.accept(words + ": " + problem);
            }
        }
        return selected;
    }

    /** Whether these values leave any out. */
    boolean isRestricted(BitSet selected) {
        int last = this == DAY_OF_WEEK ? 6 : max;
        boolean sunday = this == DAY_OF_WEEK && (selected.get(0) || selected.get(7));
        int from = sunday ? min + 1 : min;
        return selected.nextClearBit(from) <= last;
    }

    private @Nullable String add(String part, BitSet selected) {
        if (QUARTZ.matcher(part.toUpperCase(Locale.ROOT)).matches()) {
            return "\"" + shown(part) + "\" is Quartz's; L, W, ? and # are not understood here";
        }
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : step(part.substring(slash + 1));
        if (step < 1) {
            return "the step of \"" + shown(part) + "\" is not a number from 1 to " + (max - min + 1);
        }
        int dash = range.indexOf('-');
        int from = range.equals("*") ? min : value(dash < 0 ? range : range.substring(0, dash));
        int to = range.equals("*") || (dash < 0 && slash >= 0)
                ? max
                : value(dash < 0 ? range : range.substring(dash + 1));
        if (from < 0 || to < 0) {
            return "\"" + shown(part) + "\" is not in " + min + " to " + max;
        }
        if (to < from) {
            return "the range \"" + shown(range) + "\" runs backwards";
        }
        for (int value = from; value <= to; value += step) {
            selected.set(value);
        }
        return null;
    }

    private int step(String text) {
        int step = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        return step <= max - min + 1 ? step : -1;
    }

    /** The number behind a number or a name, -1 for anything else. */
    private int value(String text) {
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            return number >= min && number <= max ? number : -1;
        }
        return switch (this) {
            case MONTH -> named(MONTHS, text, 3) + min;
            case DAY_OF_WEEK -> named(DAYS, text, 2);
            case SECOND, MINUTE, HOUR, DAY_OF_MONTH, YEAR -> -1;
        };
    }

    /** The place of the name that starts like this; far below zero when there is none. */
    private static int named(List<String> names, String text, int shortest) {
        String start = text.toLowerCase(Locale.ROOT);
        for (int at = 0; at < names.size() && text.length() >= shortest; at++) {
            if (names.get(at).startsWith(start)) {
                return at;
            }
        }
        return -100;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
