package dev.lightning.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was measured on. */
public record Machine(int processors, String model, long memoryMB, String system, String java, String loadBefore) {
    public static Machine here() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                value("/proc/cpuinfo", "model name"),
                Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
                value("/etc/os-release", "PRETTY_NAME").replace("\"", "") + ", Linux "
                        + System.getProperty("os.version"),
                System.getProperty("java.vendor.version") + " " + Runtime.version(),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    private static String value(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replaceFirst("^\\s*[:=]\\s*", ""))
                .findFirst()
                .orElse("unknown");
    }
}
