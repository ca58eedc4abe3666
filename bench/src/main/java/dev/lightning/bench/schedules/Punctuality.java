package dev.lightning.bench.schedules;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;

/**
 * Has one-shots come due one after the other in an idle product, and then very many in the same second; ends with 1 when
 * one did not fire exactly once.
 */
public final class Punctuality {
    private static final String USAGE =
            "Usage: bench/schedules [--crowd 1000] [--idle 100] [--warm-up 400] [--record NAME]";
    private static final int WARM_POSTERS = 8;
    private static final int GAP_MILLIS = 500;

    /** How many a second can be posted at the least, also on a machine that does something else. */
    private static final int POSTED_PER_SECOND = 20;

    private static final int HEAD_START_SECONDS = 10;

    private static final double CROWD_GOAL_SECONDS = 10;
    private static final double IDLE_GOAL_MILLIS = 1_000;

    private final Scheduler scheduler;
    private final Calls calls;

    private Punctuality(Scheduler scheduler, Calls calls) {
        this.scheduler = scheduler;
        this.calls = calls;
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Arguments arguments = Arguments.parse(
                words, List.of("--url", "--sink", "--ledger", "--crowd", "--idle", "--warm-up", "--record"), USAGE);
        Client client = Client.register(arguments.text("--url", ""));
        Punctuality punctuality =
                new Punctuality(new Scheduler(client), new Calls(Path.of(arguments.text("--ledger", ""))));
        try (Sink sink = Sink.start(arguments.number("--sink", 0))) {
            try (Poster warmUp = new Poster(client, sink, arguments.number("--warm-up", 400))) {
                warmUp.atConcurrency(WARM_POSTERS);
            }
            OneShots.Outcome idle = punctuality.oneByOne(arguments.number("--idle", 100));
            OneShots.Outcome crowd = punctuality.allAtOnce(arguments.number("--crowd", 1_000));
            report(idle, crowd, arguments.text("--record", ""));
            if (!idle.complete() || !crowd.complete()) {
                System.exit(1);
            }
        }
    }

    private OneShots.Outcome oneByOne(int number) throws IOException, InterruptedException, ExecutionException {
        Instant first = afterPosting(number);
        return outcome(number, n -> first.plusMillis((long) n * GAP_MILLIS));
    }

    private OneShots.Outcome allAtOnce(int number) throws IOException, InterruptedException, ExecutionException {
        Instant due = afterPosting(number);
        return outcome(number, _ -> due);
    }

    private OneShots.Outcome outcome(int number, IntFunction<Instant> due)
            throws IOException, InterruptedException, ExecutionException {
        OneShots oneShots = new OneShots(scheduler, calls);
        oneShots.post(number, due);
        if (Instant.now().isAfter(due.apply(0))) {
            throw new IllegalStateException("Posting took longer than the one-shots were to wait");
        }
        return oneShots.await(number, due);
    }

    private static Instant afterPosting(int number) {
        return Instant.ofEpochSecond(Instant.now().getEpochSecond() + HEAD_START_SECONDS + number / POSTED_PER_SECOND);
    }

    private static void report(OneShots.Outcome idle, OneShots.Outcome crowd, String name) throws IOException {
        double last = crowd.latenessMillis().max() / 1_000;
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("at", Instant.now().toString());
        results.put("machine", Machine.here());
        results.put("idle", idle);
        results.put("crowd", crowd);
        String markdown = """
                | what | is | goal | |
                |---|---|---|---|
                | %d one-shots due in the same second, the last one fires after | %.1f s | %.0f s | %s |
                | lateness of %d one-shots in an idle product, p50 | %.0f ms | | |
                | the same, p99 (the most) | %.0f ms (%.0f) | %.0f ms | %s |
                """.formatted(
                        crowd.oneShots(),
                        last,
                        CROWD_GOAL_SECONDS,
                        verdict(crowd.complete() && last <= CROWD_GOAL_SECONDS),
                        idle.oneShots(),
                        idle.latenessMillis().p50(),
                        idle.latenessMillis().p99(),
                        idle.latenessMillis().max(),
                        IDLE_GOAL_MILLIS,
                        verdict(idle.complete() && idle.latenessMillis().p99() <= IDLE_GOAL_MILLIS));
        Recorder.of("schedules", name).keep(results, markdown);
    }

    private static String verdict(boolean met) {
        return met ? "met" : "**missed**";
    }
}
