package dev.lightning.providers.runtime.process;

import dev.lightning.providers.FolderRemoval;
import dev.lightning.providers.runtime.RunRequest;
import dev.lightning.providers.runtime.RunStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The files by which a run is known to any process of this machine. Whatever says something appears whole, under its
 * final name, or not at all; so a process that is killed leaves nothing half said.
 */
record RunFolder(Path path) {
    static final String HIDDEN = ".";
    private static final int KILLED = 137;
    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    /** Makes the folder with all that a start needs, unless there is one. */
    void make(RunRequest request) throws IOException {
        Path parent = path.resolveSibling(HIDDEN + "new-" + UUID.randomUUID());
        try {
            fill(parent, request);
            Files.move(parent, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FolderRemoval.of(parent);
            if (!isThere()) {
                throw e;
            }
        }
    }

    private static void fill(Path parent, RunRequest request) throws IOException {
        Files.createDirectories(parent.resolve("work").resolve("out"));
        if (request.workspace() != null) {
            FolderCopy.make(request.workspace(), parent.resolve("work").resolve("workspace"));
        }
        Files.writeString(parent.resolve("event.json"), request.input());
        Files.writeString(parent.resolve("workflow"), request.labels().workflowId());
    }

    boolean isThere() {
        return Files.isDirectory(path);
    }

    Path work() {
        return path.resolve("work");
    }

    Path output() {
        return work().resolve("out");
    }

    /** The process that looks after the program; empty before it has taken that on. */
    Optional<ProcessBirth> keeper() {
        return ProcessBirth.read(path.resolve("started"));
    }

    Optional<ProcessBirth> program() {
        return ProcessBirth.read(path.resolve("program"));
    }

    String workflowId() throws IOException {
        return Files.readString(path.resolve("workflow"));
    }

    Instant createdAt() throws IOException {
        return time("workflow");
    }

    /** What the files say; a run without its keeper, as after a restart of the machine, is over. */
    RunStatus status() throws IOException {
        if (!isThere()) {
            return new RunStatus.Missing();
        }
        RunStatus ended = ended();
        if (ended != null) {
            return ended;
        }
        Optional<ProcessBirth> keeper = keeper();
        if (keeper.isEmpty()) {
            return new RunStatus.Created();
        }
        if (keeper.get().isAlive()) {
            return new RunStatus.Running(time("started"));
        }
        RunStatus meanwhile = ended();
        return meanwhile != null ? meanwhile : lost();
    }

    private @Nullable RunStatus ended() throws IOException {
        try {
            String code = Files.readString(path.resolve("ended")).strip();
            // An older release said nothing where the disk had no room.
            int exit = code.isEmpty() ? KILLED : Integer.parseInt(code);
            return new RunStatus.Ended(exit, time("started"), time("ended"), false);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A program that has yet to begin sees the end and does not; one that has just begun is killed by the second time. */
    private RunStatus lost() throws IOException {
        kill();
        Path end = Files.writeString(path.resolve("ended." + UUID.randomUUID()), Integer.toString(KILLED));
        try {
            Files.createLink(path.resolve("ended"), end);
            kill();
        } catch (FileAlreadyExistsException e) {
            return status();
        } finally {
            Files.deleteIfExists(end);
        }
        return status();
    }

    /** Waits until a keeper has taken the program on, so that a run that was started is never seen as not begun. */
    void awaitKeeper() throws IOException {
        long until = System.nanoTime() + LONGEST_START.toNanos();
        while (status() instanceof RunStatus.Created) {
            if (System.nanoTime() > until) {
                throw new IOException("no shell took on the run within " + LONGEST_START.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Asks for the end first, so that a keeper which has yet to start the program ends it too. */
    void stop() throws IOException {
        try {
            Files.createFile(path.resolve("stopped"));
        } catch (FileAlreadyExistsException e) {
            kill();
            return;
        }
        kill();
    }

    private void kill() throws IOException {
        Optional<ProcessBirth> program = program();
        if (program.isPresent() && program.get().isAlive()) {
            Shell.killGroup(program.get().pid());
        }
    }

    /** Takes the folder away at once, and then its files. */
    void remove() throws IOException {
        Path gone = path.resolveSibling(HIDDEN + "gone-" + UUID.randomUUID());
        try {
            Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        FolderRemoval.of(gone);
    }

    private Instant time(String file) throws IOException {
        return Files.getLastModifiedTime(path.resolve(file)).toInstant();
    }
}
