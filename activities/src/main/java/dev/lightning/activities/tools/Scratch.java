package dev.lightning.activities.tools;

import dev.lightning.providers.FolderRemoval;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Room on this machine for the time of one step; what a killed process has left in it goes when the next room is made. */
public final class Scratch {
    private static final Logger log = LoggerFactory.getLogger(Scratch.class);
    private static final Duration ABANDONED = Duration.ofHours(2);

    private final Path folder;

    /** Takes a folder that nobody else puts anything into; it is made when it is first needed. */
    public Scratch(Path folder) {
        this.folder = folder;
    }

    /** An empty folder, gone when it is closed. */
    record Room(Path path) implements AutoCloseable {
        /** What cannot be removed now is removed as abandoned. */
        @Override
        public void close() {
            try {
                FolderRemoval.of(path);
            } catch (IOException trouble) {
                log.warn("event=scratch.left folder={}", path.getFileName(), trouble);
            }
        }
    }

    Room make() throws IOException {
        Files.createDirectories(folder);
        dropAbandoned();
        return new Room(Files.createTempDirectory(folder, "step-"));
    }

    private void dropAbandoned() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                FolderRemoval.ofOlderThan(ABANDONED, each);
            }
        } catch (DirectoryIteratorException | NoSuchFileException goneMeanwhile) {
            log.debug("event=scratch.gone", goneMeanwhile);
        }
    }
}
