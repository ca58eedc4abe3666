package dev.lightning.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that we started, which says in its output where it can be reached, and which ends with us. */
public final class Launched implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final Path log;
    private final Thread ending = new Thread(this::end);

    private Launched(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /** Starts it with our environment and these variables, its output in the file. */
    public static Launched start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Launched(builder.start(), log);
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for a line like this and returns its first group. */
    public String awaitLine(Pattern line) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher said = line.matcher(Files.readString(log));
            if (said.find()) {
                return said.group(1);
            }
            Thread.sleep(LOOK);
        }
        throw new IOException("It did not start: " + Files.readString(log));
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(ending);
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
