package dev.lightning.api.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A cron expression made of random sets, which knows its times without reading its own text. Fields are those of a
 * seven-field expression; fewer are written for the shorter dialects.
 */
record RandomCron(String text, List<TreeSet<Integer>> sets) {
    private static final int[] MIN = {0, 0, 0, 1, 1, 0, 2000};
    private static final int[] MAX = {59, 59, 23, 31, 12, 6, 2100};
    private static final String[] DAYS = {"sun", "MON", "tue", "Wednesday", "thu", "Fri", "sat"};

    static RandomCron of(Random random) {
        int fields = 5 + random.nextInt(3);
        List<TreeSet<Integer>> sets = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean dayOfMonth = random.nextBoolean();
        for (int field = 0; field < 7; field++) {
            boolean written = field == 0 ? fields > 5 : field < 6 || fields == 7;
            boolean free = !written
                    || (field == 3 && !dayOfMonth)
                    || (field == 5 && dayOfMonth)
                    || (field == 6 && random.nextInt(3) > 0)
                    || random.nextInt(4) == 0;
            TreeSet<Integer> set = new TreeSet<>();
            String text = free ? "*" : some(random, field, set);
            if (!written && field == 0) {
                set.add(0);
            } else if (free) {
                IntStream.rangeClosed(MIN[field], MAX[field]).forEach(set::add);
            }
            sets.add(set);
            if (written) {
                texts.add(text);
            }
        }
        return new RandomCron(String.join(" ", texts), sets);
    }

    private static String some(Random random, int field, TreeSet<Integer> set) {
        List<String> parts = new ArrayList<>();
        for (int part = 0; part <= random.nextInt(3); part++) {
            int min = field == 6 ? 2027 : MIN[field];
            int max = field == 6 ? 2032 : MAX[field];
            int from = min + random.nextInt(max - min + 1);
            int to = from + random.nextInt(max - from + 1);
            int step = 1 + random.nextInt(Math.max(1, (max - min) / 2));
            switch (random.nextInt(4)) {
                case 0 -> {
                    set.add(from);
                    parts.add(field == 5 ? DAYS[from] : Integer.toString(from));
                }
                case 1 -> {
                    IntStream.rangeClosed(from, to).forEach(set::add);
                    parts.add(from + "-" + to);
                }
                case 2 -> {
                    IntStream.iterate(from, at -> at <= to, at -> at + step).forEach(set::add);
                    parts.add(from + "-" + to + "/" + step);
                }
                default -> {
                    IntStream.iterate(from, at -> at <= MAX[field], at -> at + step)
                            .forEach(set::add);
                    // Day of week 7 is Sunday again.
                    if (field == 5 && (7 - from) % step == 0) {
                        set.add(0);
                    }
                    parts.add(from + "/" + step);
                }
            }
        }
        return String.join(",", parts);
    }

    /** The first times after an instant, in UTC, found by looking at every day of ten years. */
    List<Instant> after(Instant start, int count) {
        List<Instant> times = new ArrayList<>();
        LocalDateTime from = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
        LocalDate last = from.toLocalDate().plusYears(10);
        for (LocalDate day = from.toLocalDate(); day.isBefore(last) && times.size() < count; day = day.plusDays(1)) {
            if (matches(day)) {
                addTimes(day, from, count, times);
            }
        }
        return times;
    }

    private boolean matches(LocalDate day) {
        return sets.get(3).contains(day.getDayOfMonth())
                && sets.get(4).contains(day.getMonthValue())
                && sets.get(5).contains(day.getDayOfWeek().getValue() % 7)
                && sets.get(6).contains(day.getYear());
    }

    private void addTimes(LocalDate day, LocalDateTime from, int count, List<Instant> times) {
        for (int hour : sets.get(2)) {
            for (int minute : sets.get(1)) {
                for (int second : sets.get(0)) {
                    LocalDateTime time = day.atTime(hour, minute, second);
                    if (time.isAfter(from) && times.size() < count) {
                        times.add(time.toInstant(ZoneOffset.UTC));
                    }
                }
            }
        }
    }
}
