package dev.lightning.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end, with all that it said. */
record Command(int exitCode, String output) {
    /** Runs it in this folder; what takes longer than allowed is ended, and its output is shown. */
    static Command run(Path folder, Duration atMost, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.createTempFile(folder, "nothing", "").toFile()))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError(command.getFirst() + " took longer than " + atMost + ": " + said(output));
        }
        return new Command(process.exitValue(), said(output));
    }

    private static String said(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
