package dev.lightning.providers.runtime.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Copies a folder with its links as links: what they lead to is not looked at. */
final class FolderCopy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    private FolderCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    static void make(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new FolderCopy(from, to));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.createDirectory(to.resolve(from.relativize(folder)));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
            Files.copy(
                    file,
                    to.resolve(from.relativize(file)),
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        return FileVisitResult.CONTINUE;
    }
}
