package dev.lightning.bench.growth;

import dev.lightning.bench.machine.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * How far the store is to grow.
 *
 * @param events what is posted once
 * @param times how many times as many are to be finished at each look
 * @param sleepers one-shots that sleep at the last look
 * @param crons schedules that exist at the last look
 */
record Sizes(int events, List<Integer> times, int sleepers, int crons) {
    static Sizes of(Arguments arguments) {
        return new Sizes(
                arguments.number("--events", 1_000),
                Arrays.stream(arguments.text("--times", "10,100").split(",", -1))
                        .map(Integer::valueOf)
                        .toList(),
                arguments.number("--sleepers", 100_000),
                arguments.number("--crons", 10_000));
    }
}
