package dev.lightning.bench.tools;

import dev.lightning.bench.load.Client;
import dev.lightning.bench.load.Percentiles;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the same command in the same image by the engine's own command line and as a function of a running product, in
 * turns; prints one JSON object. A run counts from before its invocation is posted to the end of its task.
 *
 * <p>Arguments: base URL, the engine's command ({@code podman} or {@code docker}), image, number of runs.
 */
public final class ToolOverhead {
    private static final int WARM_UP = 5;
    private static final List<String> COMMAND = List.of("sh", "-c", ":");

    private ToolOverhead() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("Usage: URL podman|docker IMAGE RUNS");
        }
        Client client = Client.register(arguments[0]);
        Function function = Function.inContainer(client, "nothing", arguments[2], COMMAND);
        List<Double> bare = new ArrayList<>();
        List<Double> runs = new ArrayList<>();
        for (int n = 0; n < WARM_UP + Integer.parseInt(arguments[3]); n++) {
            bare.add(bare(arguments[1], arguments[2]));
            runs.add(function.run().toNanos() / 1e6);
        }
        report(bare.subList(WARM_UP, bare.size()), runs.subList(WARM_UP, runs.size()));
    }

    private static double bare(String engine, String image) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(engine, "run", "--rm", "--network", "none", image));
        command.addAll(COMMAND);
        long start = System.nanoTime();
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(command + " ended with " + code);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void report(List<Double> bare, List<Double> runs) {
        Percentiles bareMillis = Percentiles.of(bare.stream().mapToDouble(Double::doubleValue));
        Percentiles runMillis = Percentiles.of(runs.stream().mapToDouble(Double::doubleValue));
        Map<String, Object> report = new TreeMap<>();
        report.put("runs", runs.size());
        report.put("bareMillis", bareMillis);
        report.put("runMillis", runMillis);
        report.put("overheadMillis", Math.round(runMillis.p50() - bareMillis.p50()));
        PrintStream out = System.out;
        out.println(JsonMapper.shared().writeValueAsString(report));
    }
}
