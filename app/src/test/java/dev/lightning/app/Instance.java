package dev.lightning.app;

import static org.awaitility.Awaitility.await;

import dev.lightning.app.temporal.ServerProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as a process of its own, as a user runs it, on free ports and a home that is thrown away. */
public final class Instance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> OURS = List.of(
            "TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE", "SERVICE_TYPE", "LIGHTNING_MODE", "WORKER_QUEUES", "LLM_QUEUE");

    private final Process process;
    private final Path home;
    private final Path output;

    private Instance(Process process, Path home, Path output) {
        this.process = process;
        this.home = home;
        this.output = output;
    }

    public static Instance start(Path home, Map<String, String> settings) throws IOException {
        Path output = Files.createTempFile(home.getParent(), "instance", ".log");
        ProcessBuilder builder = new ProcessBuilder(StartCommand.words());
        setUp(builder.environment(), home);
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new Instance(builder.start(), home, output);
    }

    /** Free ports, this home, and nothing of our own environment. */
    static void setUp(Map<String, String> environment, Path home) {
        OURS.forEach(environment::remove);
        environment.putAll(Map.of(
                "PORT", "0",
                "METRICS_PORT", "0",
                "TEMPORAL_PORT", "0",
                "TEMPORAL_UI_PORT", "0",
                "LIGHTNING_HOME", home.toString()));
    }

    /** Waits for the block that says that the main job can be done. */
    public Instance untilReady() {
        untilPrinted("Metrics      ");
        return this;
    }

    public void untilPrinted(String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            if (!process.isAlive() && !output().contains(text)) {
                throw new IllegalStateException("ended with " + process.exitValue() + ": " + output());
            }
            return output().contains(text);
        });
    }

    /** The address behind this label of the ready block. */
    public String address(String label) throws IOException {
        Matcher matcher =
                Pattern.compile("(?m)^  " + Pattern.quote(label) + " +(\\S+)$").matcher(output());
        if (!matcher.find()) {
            throw new IllegalStateException("no " + label + " in " + output());
        }
        return matcher.group(1);
    }

    /** The status that a GET of this path of the API's port answers with; 0 when nobody answers. */
    public int status(String path) throws IOException {
        return ServerProbe.status(address("API").replace("/api", path));
    }

    public ProcessHandle temporal() throws IOException {
        String[] pids =
                Files.readString(home.resolve("temporal/server.pids")).strip().split(" ");
        return ProcessHandle.of(Long.parseLong(pids[1])).orElseThrow();
    }

    public long pid() {
        return process.pid();
    }

    public void terminate() {
        process.destroy();
    }

    public void kill() {
        process.destroyForcibly();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("still running");
        }
        return process.exitValue();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
