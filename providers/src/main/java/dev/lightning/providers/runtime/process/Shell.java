package dev.lightning.providers.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The few things that Java itself cannot do with processes. */
final class Shell {
    private Shell() {}

    /** What a small program says, with single spaces. */
    static String output(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("TZ", "UTC", "LC_ALL", "C"));
        Process process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
    }

    /** Ends a process and everything in its group; Java knows no groups. */
    static void killGroup(long leader) throws IOException {
        output(List.of("sh", "-c", "kill -s KILL -- \"-$1\" || kill -s KILL \"$1\"", "kill", Long.toString(leader)));
    }
}
