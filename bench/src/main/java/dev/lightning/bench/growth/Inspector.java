package dev.lightning.bench.growth;

import dev.lightning.bench.load.Calls;
import dev.lightning.bench.load.Client;
import dev.lightning.bench.load.LoadFigures;
import dev.lightning.bench.load.Percentiles;
import dev.lightning.bench.load.Poster;
import dev.lightning.bench.load.Sink;
import dev.lightning.bench.machine.Costs;
import dev.lightning.bench.machine.Disk;
import dev.lightning.bench.machine.Part;
import dev.lightning.bench.schedules.OneShots;
import dev.lightning.bench.schedules.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;

/** Takes the same figures of the product whenever it is asked. */
final class Inspector {
    private static final int RATE = 20;
    private static final int UNDER_WAY = 32;
    private static final int LISTS = 100;
    private static final int ONE_SHOTS = 20;
    private static final int GAP_MILLIS = 500;
    private static final int HEAD_START_SECONDS = 5;

    private final Sink sink;
    private final Calls calls;
    private final long product;
    private final Path home;
    private final int events;

    /**
     * Takes whom to look at.
     *
     * @param product its process
     * @param home its folder
     * @param events how many it is given at a rate, and as many again as fast as it can
     */
    Inspector(Sink sink, Calls calls, long product, Path home, int events) {
        this.sink = sink;
        this.calls = calls;
        this.product = product;
        this.home = home;
        this.events = events;
    }

    Look look(Client client, int finished, int sleeping, int crons, double scheduledPerSecond)
            throws IOException, InterruptedException, ExecutionException {
        List<String> trouble = new ArrayList<>();
        LoadFigures rate;
        LoadFigures busy;
        try (Poster poster = new Poster(client, sink, events)) {
            rate = poster.atRate(RATE);
        }
        try (Poster poster = new Poster(client, sink, events)) {
            busy = poster.atConcurrency(UNDER_WAY);
        }
        note(rate, trouble);
        note(busy, trouble);
        OneShots.Outcome oneShots = oneShots(client);
        if (!oneShots.complete()) {
            trouble.add(oneShots.lost() + " one-shots lost, " + oneShots.doubled() + " doubled");
        }
        Percentiles cronMillis = new Crons(new Scheduler(client), calls).lateness();
        Costs costs = Costs.of(product, List.of(product));
        return new Look(
                finished,
                sleeping,
                crons,
                scheduledPerSecond,
                busy.eventsPerSecond(),
                rate.acceptMillis(),
                rate.endToEndMillis(),
                list(client),
                oneShots.latenessMillis(),
                cronMillis,
                costs.of(Part.PROGRAM).residentMB(),
                costs.of(Part.TEMPORAL).residentMB(),
                Disk.bytes(List.of(home)) / 1e6,
                String.join("; ", trouble));
    }

    private static void note(LoadFigures load, List<String> trouble) {
        if (!load.complete()) {
            trouble.add(load.refused() + " refused, " + load.lost() + " lost, " + load.doubled() + " doubled");
        }
    }

    private OneShots.Outcome oneShots(Client client) throws IOException, InterruptedException, ExecutionException {
        Instant first = Instant.ofEpochSecond(Instant.now().getEpochSecond() + HEAD_START_SECONDS);
        OneShots oneShots = new OneShots(new Scheduler(client), calls);
        oneShots.post(ONE_SHOTS, n -> first.plusMillis((long) n * GAP_MILLIS));
        return oneShots.await(ONE_SHOTS, n -> first.plusMillis((long) n * GAP_MILLIS));
    }

    private static Percentiles list(Client client) throws IOException {
        DoubleStream.Builder millis = DoubleStream.builder();
        for (int n = 0; n < LISTS; n++) {
            long start = System.nanoTime();
            Client.Answer answer = client.get("/api/events");
            millis.add((System.nanoTime() - start) / 1e6);
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.body());
            }
        }
        return Percentiles.of(millis.build());
    }
}
