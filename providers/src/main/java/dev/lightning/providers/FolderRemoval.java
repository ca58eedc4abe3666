package dev.lightning.providers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
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

    private FolderRemoval() {}

    /** Removes what has not been changed for this long: whoever made it was killed. */
    public static void ofOlderThan(Duration age, Path folder) throws IOException {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(age))) {
            of(folder);
        }
    }

    /** Removes a folder, or a file, also what may not be written. */
    public static void of(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
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
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
