package dev.lightning.bench.overload;

import dev.lightning.bench.load.Client;
import dev.lightning.bench.load.LoadFigures;
import dev.lightning.bench.load.Poster;
import dev.lightning.bench.load.Sink;
import dev.lightning.bench.machine.Arguments;
import dev.lightning.bench.machine.Costs;
import dev.lightning.bench.machine.Machine;
import dev.lightning.bench.machine.Part;
import dev.lightning.bench.report.Recorder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets one user post far more than the machine can do while another one posts now and then; ends with 1 when an accepted
 * event was lost or doubled, or a refusal did not say when to come again.
 */
public final class Overload {
    private static final String USAGE =
            "Usage: bench/overload [--flood 300] [--seconds 60] [--quiet 2] [--warm-up 400] [--record NAME]";
    private static final int WARM_POSTERS = 8;
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Sink sink;
    private final String url;
    private final long product;
    private final List<Double> productMB = new ArrayList<>();

    private Overload(Sink sink, String url, long product) {
        this.sink = sink;
        this.url = url;
        this.product = product;
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Arguments arguments = Arguments.parse(
                words,
                List.of("--url", "--sink", "--product", "--flood", "--seconds", "--quiet", "--warm-up", "--record"),
                USAGE);
        int seconds = arguments.number("--seconds", 60);
        int flood = arguments.number("--flood", 300);
        int quiet = arguments.number("--quiet", 2);
        try (Sink sink = Sink.start(arguments.number("--sink", 0))) {
            Overload overload = new Overload(sink, arguments.text("--url", ""), arguments.number("--product", 0));
            try (Poster warmUp = overload.somebody(arguments.number("--warm-up", 400))) {
                warmUp.atConcurrency(WARM_POSTERS);
            }
            LoadFigures alone = overload.quiet(quiet, seconds);
            Together together = overload.together(flood, quiet, seconds);
            overload.report(alone, together, arguments.text("--record", ""));
            if (!together.fair()) {
                System.exit(1);
            }
        }
    }

    /** What both users saw. */
    private record Together(LoadFigures flood, LoadFigures quiet) {
        boolean fair() {
            return flood.lost() + flood.doubled() + quiet.lost() + quiet.doubled() == 0
                    && flood.refused() == flood.politely()
                    && quiet.refused() == quiet.politely();
        }
    }

    private LoadFigures quiet(int rate, int seconds) throws IOException, InterruptedException {
        try (Poster poster = somebody(rate * seconds)) {
            return poster.atRate(rate);
        }
    }

    private Together together(int flood, int quiet, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        try (Poster flooding = somebody(flood * seconds);
                ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LoadFigures> all = users.submit(() -> flooding.atRate(flood));
            Future<LoadFigures> few = users.submit(() -> quiet(quiet, seconds));
            while (!all.isDone() || !few.isDone()) {
                productMB.add(
                        Costs.of(product, List.of(product)).of(Part.PROGRAM).residentMB());
                Thread.sleep(LOOK);
            }
            return new Together(all.get(), few.get());
        }
    }

    private Poster somebody(int events) throws IOException {
        return new Poster(Client.register(url), sink, events);
    }

    private void report(LoadFigures alone, Together together, String name) throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("at", Instant.now().toString());
        results.put("machine", Machine.here());
        results.put("quietAlone", alone);
        results.put("quiet", together.quiet);
        results.put("flood", together.flood);
        results.put("productMB", productMB);
        String markdown = "| user | events | refused (told when to come again) | lost | doubled | accept p50 (p99), ms"
                + " | end to end p50 (p99), ms |\n|---|---|---|---|---|---|---|\n"
                + row("quiet, alone", alone) + row("quiet, beside the flood", together.quiet)
                + row("the flood", together.flood)
                + "\nMemory of the product every %d s, MB: %s%n"
                        .formatted(
                                LOOK.toSeconds(),
                                String.join(
                                        ", ",
                                        productMB.stream()
                                                .map("%.0f"::formatted)
                                                .toList()));
        Recorder.of("overload", name).keep(results, markdown);
    }

    private static String row(String who, LoadFigures load) {
        return "| %s | %d | %d (%d) | %d | %d | %.1f (%.1f) | %.0f (%.0f) |%n"
                .formatted(
                        who,
                        load.events(),
                        load.refused(),
                        load.politely(),
                        load.lost(),
                        load.doubled(),
                        load.acceptMillis().p50(),
                        load.acceptMillis().p99(),
                        load.endToEndMillis().p50(),
                        load.endToEndMillis().p99());
    }
}
