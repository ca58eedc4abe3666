package dev.lightning.bench.compare;

import dev.lightning.bench.machine.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a run is asked to do.
 *
 * @param events of a closed loop
 * @param concurrency how many of them are under way at once
 * @param rate events a second of the open loop
 * @param rateEvents events of the open loop
 * @param warmUp events of the closed loop before anything is measured
 * @param store where the product keeps its own rows when Temporal is on PostgreSQL: there too, or in SQLite
 * @param record the name under which the results are kept, followed by the server; empty when they are not
 */
record Options(
        List<ServerKind> servers,
        List<Contender> programs,
        int repeats,
        int events,
        int concurrency,
        int rate,
        int rateEvents,
        int warmUp,
        String store,
        String record) {
    private static final String USAGE = """
            Usage: bench/compare [--server embedded|postgres|both] [--programs product,plain,tuned,fewest] [--repeats 3]
                [--events 2000] [--concurrency 32] [--rate 20] [--rate-events 600] [--warm-up 1000]
                [--store postgres|sqlite] [--record NAME]""";
    private static final List<String> KNOWN = List.of(
            "--server",
            "--programs",
            "--repeats",
            "--events",
            "--concurrency",
            "--rate",
            "--rate-events",
            "--warm-up",
            "--store",
            "--record");

    static Options parse(String[] words) {
        Arguments given = Arguments.parse(words, KNOWN, USAGE);
        int events = given.number("--events", 2_000);
        return new Options(
                servers(given.text("--server", "embedded")),
                programs(given.text("--programs", "product,plain,tuned,fewest")),
                given.number("--repeats", 3),
                events,
                given.number("--concurrency", 32),
                given.number("--rate", 20),
                given.number("--rate-events", Math.min(600, events)),
                given.number("--warm-up", Math.min(1_000, events)),
                given.text("--store", "postgres"),
                given.text("--record", ""));
    }

    private static List<ServerKind> servers(String name) {
        return name.equals("both")
                ? List.of(ServerKind.values())
                : List.of(ServerKind.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static List<Contender> programs(String names) {
        return Arrays.stream(names.toUpperCase(Locale.ROOT).split(",", -1))
                .map(Contender::valueOf)
                .toList();
    }
}
