package dev.lightning.bench.compare;

import dev.lightning.bench.load.Sink;
import dev.lightning.bench.machine.Launched;
import dev.lightning.bench.machine.Machine;
import dev.lightning.bench.report.Recorder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the product and three bare Temporal programs their turns on the same machine, forwards and backwards, and prints
 * what each came to; ends with 1 when an event was refused, lost or doubled.
 */
public final class Compare {
    private final PrintStream progress = System.err;
    private final Site site;
    private final Options options;

    private Compare(Site site, Options options) {
        this.site = site;
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (!new Compare(Site.fromSystem(), Options.parse(arguments)).run()) {
            System.exit(1);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        boolean complete = true;
        for (ServerKind server : options.servers()) {
            complete &= run(server);
        }
        return complete;
    }

    private boolean run(ServerKind server) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Instant at = Instant.now();
        Results results = new Results();
        String on = "-" + server.name().toLowerCase(Locale.ROOT);
        try (Sink sink = Sink.start(0);
                Launched model = site.model()) {
            String modelUrl = "http://127.0.0.1:" + Site.port(model) + "/v1";
            Stands stands = new Stands(site, options, modelUrl, sink.url());
            for (int repeat = 0; repeat < options.repeats(); repeat++) {
                round(server, repeat, stands, sink, results);
            }
            Report report = new Report(at, machine, stands.versions(), options, stands.embeddedCommand(), results);
            Recorder.of("compare" + on, options.record().isEmpty() ? "" : options.record() + on)
                    .keep(report.json(), report.markdown());
        }
        return results.complete();
    }

    /** Every second round goes backwards, so that a machine that drifts favours nobody. */
    private void round(ServerKind server, int repeat, Stands stands, Sink sink, Results results)
            throws IOException, InterruptedException {
        List<Contender> order =
                repeat % 2 == 0 ? options.programs() : options.programs().reversed();
        for (Contender program : order) {
            try (Stand stand = stands.start(server, program)) {
                Turn turn = new Turn(stand, sink, options);
                Map<Figure, Double> figures = turn.run();
                Measurement measurement = new Measurement(server, program, repeat + 1, figures, turn.trouble());
                results.add(measurement);
                progress.printf(
                        "%s, round %d, %s: %.1f events/s %s%n",
                        server.title,
                        repeat + 1,
                        program.label,
                        figures.get(Figure.EVENTS_PER_SECOND),
                        measurement.trouble());
            }
        }
    }
}
