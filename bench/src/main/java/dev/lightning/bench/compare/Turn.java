package dev.lightning.bench.compare;

import dev.lightning.bench.load.LoadFigures;
import dev.lightning.bench.load.Poster;
import dev.lightning.bench.load.Sink;
import dev.lightning.bench.machine.Cost;
import dev.lightning.bench.machine.Costs;
import dev.lightning.bench.machine.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One program's turn: warm up, be idle, take events at a rate, then as many as it can. */
final class Turn {
    /** What belongs to an event but comes after its notification is to be counted too. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofSeconds(3);

    /** A rate is warmed up for so long. */
    private static final int WARM_SECONDS = 5;

    private final Stand stand;
    private final Sink sink;
    private final Options options;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private final List<Poster> posters = new ArrayList<>();

    Turn(Stand stand, Sink sink, Options options) {
        this.stand = stand;
        this.sink = sink;
        this.options = options;
    }

    Map<Figure, Double> run() throws IOException, InterruptedException {
        try {
            poster(options.warmUp()).atConcurrency(options.concurrency());
            poster(options.rate() * WARM_SECONDS).atRate(options.rate());
            Thread.sleep(SETTLE);
            idle();
            atRate();
            atConcurrency();
        } finally {
            posters.forEach(Poster::close);
        }
        return figures;
    }

    /** Says of all loads of the turn what was refused, lost or doubled. */
    String trouble() {
        return String.join(
                "; ",
                posters.stream()
                        .map(Poster::figures)
                        .filter(load -> !load.complete())
                        .map(load -> "%d refused (%s), %d lost, %d doubled of %d"
                                .formatted(load.refused(), load.refusal(), load.lost(), load.doubled(), load.events()))
                        .toList());
    }

    private void idle() throws IOException, InterruptedException {
        Costs before = stand.costs();
        Thread.sleep(IDLE);
        figures.put(Figure.IDLE_CPU, (stand.costs().cpuMillis() - before.cpuMillis()) / IDLE.toSeconds());
    }

    private void atRate() throws IOException, InterruptedException {
        Costs before = stand.costs();
        LoadFigures load = poster(options.rateEvents()).atRate(options.rate());
        Thread.sleep(SETTLE);
        figures.put(
                Figure.CPU_PER_EVENT_AT_RATE, (stand.costs().cpuMillis() - before.cpuMillis()) / options.rateEvents());
        figures.put(Figure.ACCEPT_P50, load.acceptMillis().p50());
        figures.put(Figure.ACCEPT_P99, load.acceptMillis().p99());
        figures.put(Figure.END_TO_END_P50, load.endToEndMillis().p50());
        figures.put(Figure.END_TO_END_P99, load.endToEndMillis().p99());
    }

    private void atConcurrency() throws IOException, InterruptedException {
        Costs before = stand.costs();
        long disk = stand.diskBytes();
        Poster poster = poster(options.events());
        LoadFigures load = poster.atConcurrency(options.concurrency());
        Thread.sleep(SETTLE);
        Costs after = stand.costs();
        double events = options.events();
        figures.put(Figure.EVENTS_PER_SECOND, load.eventsPerSecond());
        figures.put(Figure.BUSY_END_TO_END_P50, load.endToEndMillis().p50());
        figures.put(Figure.CPU_PER_EVENT, (after.cpuMillis() - before.cpuMillis()) / events);
        part(Part.PROGRAM, Figure.CPU_PROGRAM, Figure.PROGRAM_MB, before, after);
        part(Part.TEMPORAL, Figure.CPU_TEMPORAL, Figure.TEMPORAL_MB, before, after);
        part(Part.POSTGRES, Figure.CPU_POSTGRES, Figure.POSTGRES_MB, before, after);
        figures.put(Figure.DISK_BYTES, (stand.diskBytes() - disk) / events);
        Histories histories = Histories.of(stand.temporal(), poster.workflows());
        figures.put(Figure.HISTORY_EVENTS, histories.events());
        figures.put(Figure.HISTORY_BYTES, histories.bytes());
    }

    private void part(Part part, Figure cpu, Figure memory, Costs before, Costs after) {
        Cost now = after.of(part);
        figures.put(cpu, (now.cpuMillis() - before.of(part).cpuMillis()) / options.events());
        figures.put(memory, now.residentMB());
    }

    private Poster poster(int events) {
        Poster poster = new Poster(stand.client(), sink, events);
        posters.add(poster);
        return poster;
    }
}
