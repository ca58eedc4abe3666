package dev.lightning.bench.growth;

import dev.lightning.bench.load.Client;
import dev.lightning.bench.load.LoadId;
import dev.lightning.bench.schedules.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Very many one-shots and cron schedules that are due long after the measurement. */
final class Sleepers {
    private static final int POSTERS = 16;
    private static final Duration SLEEP = Duration.ofDays(100);

    /** So many are made by one user and with one token. */
    private static final int BATCH = 5_000;

    private static final String YEARLY = "0 0 1 1 *";

    private final String url;

    Sleepers(String url) {
        this.url = url;
    }

    /** Makes them and says how many it made a second. */
    double make(int oneShots, int crons) throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        for (int made = 0; made < oneShots + crons; made += BATCH) {
            batch(made, Math.min(oneShots + crons, made + BATCH), oneShots);
        }
        return (oneShots + crons) / Math.max(1e-9, (System.nanoTime() - start) / 1e9);
    }

    /** What has a number below this many is a one-shot, all others are crons. */
    private void batch(int from, int to, int oneShots) throws IOException, InterruptedException, ExecutionException {
        Scheduler scheduler = new Scheduler(Client.register(url));
        LoadId ids = LoadId.unique();
        Instant due = Instant.now().plus(SLEEP);
        try (ExecutorService posters = Executors.newFixedThreadPool(POSTERS)) {
            List<Future<?>> posts = new ArrayList<>();
            for (int n = from; n < to; n++) {
                int number = n;
                posts.add(posters.submit(() -> {
                    if (number < oneShots) {
                        scheduler.once(ids.event(number), due.plusSeconds(number));
                    } else {
                        scheduler.cron(ids.event(number), YEARLY);
                    }
                    return number;
                }));
            }
            for (Future<?> post : posts) {
                post.get();
            }
        }
    }
}
