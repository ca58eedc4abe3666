package dev.lightning.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts chat events to a running product and waits for their notifications; prints one JSON object.
 *
 * <p>Arguments: base URL, port for the notification sink, number of events, then {@code rate} and events per second
 * (open loop), {@code concurrency} and a number of events that are under way at once (closed loop), or {@code flood} and
 * a number of posters that wait for their 202 only. Ends with 1 when an event was refused, lost or doubled.
 */
public final class Load {
    private static final String USAGE = "Usage: URL SINK_PORT EVENTS rate|concurrency|flood NUMBER";

    private Load() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 5) {
            throw new IllegalArgumentException(USAGE);
        }
        int events = Integer.parseInt(arguments[2]);
        int number = Integer.parseInt(arguments[4]);
        try (Sink sink = Sink.start(Integer.parseInt(arguments[1]));
                Poster poster = new Poster(Client.register(arguments[0]), sink, events)) {
            LoadFigures figures = switch (arguments[3]) {
                case "rate" -> poster.atRate(number);
                case "concurrency" -> poster.atConcurrency(number);
                case "flood" -> poster.asFlood(number);
                default -> throw new IllegalArgumentException(USAGE);
            };
            report(arguments[3] + " " + number, figures);
            if (!figures.complete()) {
                System.exit(1);
            }
        }
    }

    private static void report(String load, LoadFigures figures) {
        Map<String, Object> report = new TreeMap<>();
        report.put("load", load);
        report.put("figures", figures);
        PrintStream out = System.out;
        out.println(JsonMapper.shared().writeValueAsString(report));
    }
}
