package dev.lightning.providers;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes folders of ours with whatever programs have left in them; links are not followed. */
public final class FolderRemoval {
    private static final Logger log = LoggerFactory.getLogger(FolderRemoval.class);

    private static final int MOST_ATTEMPTS = 100;

    private FolderRemoval() {}

    /** Removes what has not been changed for this long: whoever made it was killed. */
    public static void ofOlderThan(Duration age, Path folder) throws IOException {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(age))) {
            of(folder);
        }
    }

    /** Removes a folder, or a file, also what may not be written, and what is put into it meanwhile by who has yet to end. */
    public static void of(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.walkFileTree(folder, new Deletion());
                return;
            } catch (DirectoryNotEmptyException filledMeanwhile) {
                if (attempt == MOST_ATTEMPTS) {
                    throw filledMeanwhile;
                }
            }
        }
    }

    /** What is gone by the time it is visited is as it should be. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            if (!visited.toFile().canWrite()) {
                log.debug(
                        "event=folder.opened folder={} opened={}",
                        visited.getFileName(),
                        visited.toFile().setWritable(true));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
