package dev.lightning.providers.runtime.process;

import dev.lightning.providers.runtime.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Hands over the regular files of a folder that a program could fill as it liked: no link is followed. */
final class FolderFiles {
    private final FileReader reader;
    private long rest;

    FolderFiles(long maxBytes, FileReader reader) {
        this.rest = maxBytes;
        this.reader = reader;
    }

    void read(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            read(folder, "");
        }
    }

    /** Tells whether there may be more. */
    private boolean read(Path folder, String prefix) throws IOException {
        for (Path file : sorted(folder)) {
            String path = prefix + file.getFileName();
            boolean more = true;
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                more = read(file, path + "/");
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                more = take(file, path);
            }
            if (!more) {
                return false;
            }
        }
        return true;
    }

    private boolean take(Path file, String path) throws IOException {
        try (InputStream content = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long bytes = Files.size(file);
            rest -= bytes;
            if (rest < 0) {
                return false;
            }
            reader.take(path, bytes, content);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
