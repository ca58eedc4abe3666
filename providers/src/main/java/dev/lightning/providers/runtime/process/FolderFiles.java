package dev.lightning.providers.runtime.process;

import dev.lightning.providers.runtime.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands over the regular files of a folder that a program could fill as it liked: no link is followed. */
final class FolderFiles {
    private static final Logger log = LoggerFactory.getLogger(FolderFiles.class);

    private final FileReader reader;

    /** What each file is to the system, by which a second hard link is known, as it is in the archives of others. */
    private final Set<Object> seen = new HashSet<>();

    private long rest;
    private int leftOut;

    FolderFiles(long maxBytes, FileReader reader) {
        this.rest = maxBytes;
        this.reader = reader;
    }

    void read(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            read(folder, "");
        }
        if (leftOut > 0) {
            reader.leaveOut(leftOut);
        }
    }

    private void read(Path folder, String prefix) throws IOException {
        for (Path file : sorted(folder)) {
            String path = prefix + file.getFileName();
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                read(file, path + "/");
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                take(file, path);
            }
        }
    }

    private void take(Path file, String path) throws IOException {
        try (InputStream content = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.fileKey() != null && !seen.add(attributes.fileKey())) {
                return;
            }
            if (attributes.size() > rest) {
                leftOut++;
                return;
            }
            rest -= attributes.size();
            reader.take(path, attributes.size(), content);
        } catch (NoSuchFileException gone) {
            log.debug("event=run.file.gone path={}", file);
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
