package dev.lightning.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts chat events to a running product and waits for their notifications; prints one JSON object.
 *
 * <p>Arguments: base URL, port for the notification sink, number of events, then either {@code rate} and events per
 * second (open loop: latency counts from the intended time, so a stall is not hidden) or {@code concurrency} and a
 * number of posters that each wait for their answer (closed loop).
 */
public final class Load {
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

    private Load() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 5 || !List.of("rate", "concurrency").contains(arguments[3])) {
            throw new IllegalArgumentException("Usage: URL SINK_PORT EVENTS rate|concurrency NUMBER");
        }
        int events = Integer.parseInt(arguments[2]);
        int number = Integer.parseInt(arguments[4]);
        Stopwatch stopwatch = new Stopwatch(events);
        try (Sink _ = Sink.start(Integer.parseInt(arguments[1]), stopwatch);
                Poster poster = new Poster(Client.register(arguments[0]), stopwatch)) {
            long start = System.nanoTime();
            if (arguments[3].equals("rate")) {
                poster.openLoop(events, number);
            } else {
                poster.closedLoop(events, number);
            }
            stopwatch.awaitAll(DRAIN_LIMIT);
            report(stopwatch, arguments[3] + " " + number, start);
        }
    }

    private static void report(Stopwatch stopwatch, String load, long start) {
        Map<String, Object> report = new TreeMap<>();
        report.put("load", load);
        report.put("seconds", Math.round((System.nanoTime() - start) / 1e6) / 1e3);
        report.putAll(stopwatch.figures());
        PrintStream out = System.out;
        out.println(JsonMapper.shared().writeValueAsString(report));
    }
}
