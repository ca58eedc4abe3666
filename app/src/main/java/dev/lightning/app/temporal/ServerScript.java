package dev.lightning.app.temporal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script between us and the Temporal server, which ends the server when we are gone, however that happened; and the
 * ids of both processes, by which a start finds what an earlier one left behind.
 */
final class ServerScript {
    private static final Logger log = LoggerFactory.getLogger(ServerScript.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path script;
    private final Path pids;
    private final Path database;

    ServerScript(Path folder, Path database) {
        this.script = folder.resolve("server.sh");
        this.pids = folder.resolve("server.pids");
        this.database = database;
    }

    /** Writes the script for this binary and returns its path; closes a database that an earlier version left readable. */
    Path write(Path binary) throws IOException {
        if (Files.exists(database)) {
            Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-------"));
        }
        try (InputStream template = ServerScript.class.getResourceAsStream("/temporal-server.sh")) {
            if (template == null) {
                throw new IOException("temporal-server.sh is missing from the class path");
            }
            String text = new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BINARY@", quoted(binary))
                    .replace("@PIDS@", quoted(pids));
            Files.writeString(script, text);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return script;
        }
    }

    /** The script's own process, while it runs. */
    Optional<ProcessHandle> running() throws IOException {
        return recorded().stream().findFirst().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    /** Ends what an earlier start left behind: only processes whose command line names this home's database. */
    void endLeftovers() throws IOException {
        for (long pid : recorded()) {
            Optional<ProcessHandle> leftover = ProcessHandle.of(pid).filter(this::isOurs);
            if (leftover.isPresent()) {
                log.info("event=temporal.leftover.ended pid={}", pid);
                end(leftover.get());
            }
        }
        Files.deleteIfExists(pids);
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("start-dev") && line.contains(database.toString()))
                .isPresent();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Long> recorded() throws IOException {
        if (!Files.exists(pids)) {
            return List.of();
        }
        return Stream.of(Files.readString(pids).strip().split("\\s+"))
                .filter(word -> word.matches("\\d{1,10}"))
                .map(Long::valueOf)
                .toList();
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
