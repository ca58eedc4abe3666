package dev.lightning.bench.growth;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A column for each look, a line for each figure. */
final class GrowthTable {
    private GrowthTable() {}

    static String markdown(List<Look> looks) {
        return row("finished events", looks, look -> whole(look.finished()))
                + "|---|" + "---|".repeat(looks.size()) + "\n"
                + row("sleeping one-shots", looks, look -> whole(look.sleeping()))
                + row("cron schedules", looks, look -> whole(look.crons()))
                + row("schedules made a second", looks, look -> whole(look.scheduledPerSecond()))
                + row(
                        "accept p50 (p99) at 20/s, ms",
                        looks,
                        look -> tenths(look.acceptMillis().p50()) + " ("
                                + tenths(look.acceptMillis().p99()) + ")")
                + row(
                        "end to end p50 at 20/s, ms",
                        looks,
                        look -> whole(look.endToEndMillis().p50()))
                + row("events/s, 32 under way", looks, look -> tenths(look.eventsPerSecond()))
                + row(
                        "list of events p50 (p99), ms",
                        looks,
                        look -> tenths(look.listMillis().p50()) + " ("
                                + tenths(look.listMillis().p99()) + ")")
                + row(
                        "one-shot late by p50 (most), ms",
                        looks,
                        look -> whole(look.oneShotMillis().p50()) + " ("
                                + whole(look.oneShotMillis().max()) + ")")
                + row(
                        "cron late by p50 (most), ms",
                        looks,
                        look -> whole(look.cronMillis().p50()) + " ("
                                + whole(look.cronMillis().max()) + ")")
                + row(
                        "memory, product and Temporal, MB",
                        looks,
                        look -> whole(look.productMB()) + " + " + whole(look.temporalMB()))
                + row("disk, MB", looks, look -> whole(look.diskMB()));
    }

    private static String row(String what, List<Look> looks, Function<Look, String> cell) {
        return "| " + what + " | " + String.join(" | ", looks.stream().map(cell).toList()) + " |\n";
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
