package dev.lightning.bench.tools;

import dev.lightning.bench.load.Client;
import dev.lightning.bench.machine.LinuxProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a tool that prints 1 GiB, in a container and as a process, and reads how the product's resident memory grew;
 * prints one JSON object for each.
 *
 * <p>Arguments: base URL, image with busybox, process id of the product.
 */
public final class ToolFlood {
    private static final String GIBIBYTE = "busybox yes | busybox head -c 1073741824";

    private ToolFlood() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("Usage: URL IMAGE PID");
        }
        Client client = Client.register(arguments[0]);
        long product = Long.parseLong(arguments[2]);
        List<String> flood = List.of("sh", "-c", GIBIBYTE);
        measure("container", Function.inContainer(client, "floods", arguments[1], flood), product);
        measure("process", Function.inProcess(client, "floods-here", flood), product);
    }

    /** The peak counts, and from the peak before: what the product once had is not growth. */
    private static void measure(String runtime, Function function, long product) throws IOException {
        long before = LinuxProcess.peakMB(product);
        long seconds = function.run().toSeconds();
        Map<String, Object> report = new TreeMap<>();
        report.put("runtime", runtime);
        report.put("seconds", seconds);
        report.put("peakBeforeMB", before);
        report.put("grownByMB", LinuxProcess.peakMB(product) - before);
        PrintStream out = System.out;
        out.println(JsonMapper.shared().writeValueAsString(report));
    }
}
