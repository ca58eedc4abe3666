package dev.lightning.app.faults;

import dev.lightning.app.Instance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Kills the worker part and the Temporal server at random moments, each in its own rhythm, and starts them again. */
final class Chaos {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final SeparateTemporal temporal;
    private final Path workerHome;
    private final Map<String, String> workerSettings;
    private final long seed;
    private final List<Kill> workerKills = Collections.synchronizedList(new ArrayList<>());
    private final List<Instant> temporalKills = Collections.synchronizedList(new ArrayList<>());

    /** From the last moment in which the process certainly lived to the first in which it certainly did not. */
    record Kill(Instant begun, Instant done) {
        boolean isBetween(Instant before, Instant after) {
            return !done.isBefore(before) && !begun.isAfter(after);
        }
    }

    Chaos(SeparateTemporal temporal, Path workerHome, Map<String, String> workerSettings, long seed) {
        this.temporal = temporal;
        this.workerHome = workerHome;
        this.workerSettings = workerSettings;
        this.seed = seed;
    }

    List<Kill> workerKills() {
        return List.copyOf(workerKills);
    }

    List<Instant> temporalKills() {
        return List.copyOf(temporalKills);
    }

    /** So many kills of each, then a worker that stays; the caller closes it. */
    Instance run(int kills) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Instance> survivor = threads.submit(() -> killWorkers(kills, new Random(seed)));
            Future<?> server = threads.submit(() -> killTemporal(kills, new Random(seed + 1)));
            server.get();
            return survivor.get();
        }
    }

    private Instance killWorkers(int kills, Random random) throws Exception {
        for (int n = 0; n < kills; n++) {
            try (Instance worker = Instance.start(workerHome, workerSettings)) {
                worker.untilPrinted("event=workers.started");
                pause(500 + random.nextInt(4_000));
                Instant begun = Instant.now();
                worker.kill();
                worker.exitCode();
                workerKills.add(new Kill(begun, Instant.now()));
            }
        }
        return Instance.start(workerHome, workerSettings);
    }

    private Void killTemporal(int kills, Random random) throws Exception {
        for (int n = 0; n < kills; n++) {
            temporal.untilItAnswers();
            pause(500 + random.nextInt(5_000));
            temporalKills.add(Instant.now());
            temporal.kill();
            pause(random.nextInt(1_500));
            temporal.startAgain();
        }
        temporal.untilItAnswers();
        return null;
    }

    private static void pause(int millis) throws InterruptedException {
        if (NEVER.await(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException();
        }
    }
}
