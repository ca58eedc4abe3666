package dev.lightning.bench.schedules;

import dev.lightning.bench.load.Calls;
import dev.lightning.bench.load.LoadId;
import dev.lightning.bench.load.Percentiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A number of one-shots, and how late each of them asked the model. */
public final class OneShots {
    private static final int POSTERS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofSeconds(2);

    /**
     * What became of them.
     *
     * @param lost those that never asked the model
     * @param doubled calls of those that had asked before
     * @param latenessMillis from when each was due
     */
    public record Outcome(int oneShots, int lost, int doubled, Percentiles latenessMillis) {
        /** Whether each fired exactly once. */
        public boolean complete() {
            return lost == 0 && doubled == 0;
        }
    }

    private final Scheduler scheduler;
    private final Calls calls;
    private final LoadId ids = LoadId.unique();

    public OneShots(Scheduler scheduler, Calls calls) {
        this.scheduler = scheduler;
        this.calls = calls;
    }

    /** Posts so many; all must be posted before the first is due for the lateness to mean anything. */
    public void post(int number, IntFunction<Instant> due) throws InterruptedException, ExecutionException {
        Semaphore free = new Semaphore(POSTERS);
        try (ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> posts = IntStream.range(0, number)
                    .<Future<?>>mapToObj(n -> posters.submit(() -> {
                        free.acquire();
                        try {
                            scheduler.once(ids.event(n), due.apply(n));
                        } finally {
                            free.release();
                        }
                        return n;
                    }))
                    .toList();
            for (Future<?> post : posts) {
                post.get();
            }
        }
    }

    /** Waits until all have fired, or none has for a long time. */
    public Outcome await(int number, IntFunction<Instant> due) throws IOException, InterruptedException {
        Instant patience = due.apply(number - 1).plus(PATIENCE);
        while (fired().size() < number && Instant.now().isBefore(patience)) {
            Thread.sleep(LOOK);
        }
        Map<String, Instant> fired = fired();
        return new Outcome(
                number,
                number - fired.size(),
                calls.startingWith(ids.load()).size() - fired.size(),
                Percentiles.of(IntStream.range(0, number)
                        .filter(n -> fired.containsKey(ids.event(n)))
                        .mapToDouble(n -> Duration.between(due.apply(n), fired.get(ids.event(n)))
                                        .toNanos()
                                / 1e6)));
    }

    private Map<String, Instant> fired() throws IOException {
        Map<String, Instant> fired = new TreeMap<>();
        calls.startingWith(ids.load()).forEach(call -> fired.putIfAbsent(call.prompt(), call.at()));
        return fired;
    }
}
