package dev.lightning.bench.growth;

import dev.lightning.bench.load.Calls;
import dev.lightning.bench.load.LoadId;
import dev.lightning.bench.load.Percentiles;
import dev.lightning.bench.schedules.Scheduler;
import java.io.IOException;
import java.time.Duration;

/** A few cron schedules that run every ten seconds for a while, and how late each run asked the model. */
record Crons(Scheduler scheduler, Calls calls) {
    private static final int SCHEDULES = 5;
    private static final int PERIOD_SECONDS = 10;
    private static final Duration WHILE = Duration.ofSeconds(45);

    Percentiles lateness() throws IOException, InterruptedException {
        LoadId ids = LoadId.unique();
        for (int n = 0; n < SCHEDULES; n++) {
            scheduler.cron(ids.event(n), "*/" + PERIOD_SECONDS + " * * * * *");
        }
        Thread.sleep(WHILE);
        for (int n = 0; n < SCHEDULES; n++) {
            scheduler.delete(ids.event(n));
        }
        return Percentiles.of(calls.startingWith(ids.load()).stream()
                .mapToDouble(call -> call.at().toEpochMilli() % (PERIOD_SECONDS * 1_000L)));
    }
}
