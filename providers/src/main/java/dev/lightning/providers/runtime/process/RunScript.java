package dev.lightning.providers.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Brings the script that keeps a program to where a shell can read it, and out of reach of a Ctrl-C meant for us. */
final class RunScript {
    private static final String RESOURCE = "run.sh";

    void writeTo(Path file) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + "-" + UUID.randomUUID());
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream(RESOURCE), RESOURCE)) {
            Files.copy(script, written);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Runs a command in a session of its own, under its own number where the system can do that. */
    static List<String> apart(List<String> command) {
        List<String> whole = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            whole.add(setsid.toString());
        } else {
            whole.addAll(List.of("/usr/bin/perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV"));
        }
        whole.addAll(command);
        return whole;
    }
}
