package dev.lightning.bench.growth;

import dev.lightning.bench.load.Calls;
import dev.lightning.bench.load.Client;
import dev.lightning.bench.load.Poster;
import dev.lightning.bench.load.Sink;
import dev.lightning.bench.machine.Arguments;
import dev.lightning.bench.machine.Machine;
import dev.lightning.bench.report.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Looks at the product when its store is empty, after ever more finished events, and with very many schedules; ends with 1
 * when something was refused, lost or doubled.
 */
public final class Growth {
    private static final String USAGE = "Usage: bench/growth [--events 1000] [--times 10,100] [--sleepers 100000]"
            + " [--crons 10000] [--look 400] [--record NAME]";
    private static final int UNDER_WAY = 32;

    /** So many are posted with one token, which lasts an hour. */
    private static final int BATCH = 5_000;

    private final Sink sink;
    private final Inspector inspector;
    private final List<Look> looks = new ArrayList<>();
    private Client client;
    private int finished;

    private Growth(Client client, Sink sink, Inspector inspector) {
        this.client = client;
        this.sink = sink;
        this.inspector = inspector;
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Arguments arguments = Arguments.parse(
                words,
                List.of(
                        "--url",
                        "--sink",
                        "--ledger",
                        "--product",
                        "--home",
                        "--events",
                        "--times",
                        "--sleepers",
                        "--crons",
                        "--look",
                        "--record"),
                USAGE);
        Sizes sizes = Sizes.of(arguments);
        String url = arguments.text("--url", "");
        try (Sink sink = Sink.start(arguments.number("--sink", 0))) {
            Inspector inspector = new Inspector(
                    sink,
                    new Calls(Path.of(arguments.text("--ledger", ""))),
                    arguments.number("--product", 0),
                    Path.of(arguments.text("--home", "")),
                    arguments.number("--look", 400));
            Growth growth = new Growth(Client.register(url), sink, inspector);
            growth.grow(sizes, new Sleepers(url));
            Recorder.of("growth", arguments.text("--record", ""))
                    .keep(growth.json(sizes), GrowthTable.markdown(growth.looks));
            if (!growth.looks.stream().allMatch(look -> look.trouble().isEmpty())) {
                System.exit(1);
            }
        }
    }

    private void grow(Sizes sizes, Sleepers sleepers) throws IOException, InterruptedException, ExecutionException {
        finish(sizes.events());
        look(0, 0, 0);
        for (int times : sizes.times()) {
            finish(times * sizes.events());
            look(0, 0, 0);
        }
        double perSecond = sleepers.make(sizes.sleepers(), sizes.crons());
        look(sizes.sleepers(), sizes.crons(), perSecond);
    }

    /** Posts until so many events in all have come back. */
    private void finish(int events) throws IOException, InterruptedException {
        while (finished < events) {
            client = client.again();
            int batch = Math.min(BATCH, events - finished);
            try (Poster poster = new Poster(client, sink, batch)) {
                if (!poster.atConcurrency(UNDER_WAY).complete()) {
                    throw new IllegalStateException("Events were refused, lost or doubled: " + poster.figures());
                }
            }
            finished += batch;
        }
    }

    private void look(int sleeping, int crons, double perSecond)
            throws IOException, InterruptedException, ExecutionException {
        client = client.again();
        looks.add(inspector.look(client, finished, sleeping, crons, perSecond));
        System.err.println(looks.getLast());
    }

    private Map<String, Object> json(Sizes sizes) throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("at", Instant.now().toString());
        results.put("machine", Machine.here());
        results.put("sizes", sizes);
        results.put("looks", looks);
        return results;
    }
}
