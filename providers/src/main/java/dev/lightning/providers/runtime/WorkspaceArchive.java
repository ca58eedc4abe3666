package dev.lightning.providers.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a folder as an archive for a program elsewhere: owned by whom it runs as, links as links. */
public final class WorkspaceArchive extends SimpleFileVisitor<Path> {
    /** Who owns the files: the user whom programs run as that nobody else has looked at. */
    public static final int NOBODY = 65534;

    private static final int FOLDER = 040755;
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;
    private static final int LINK = 0120777;

    private final TarArchiveOutputStream tar;
    private final Path folder;
    private final String name;

    private WorkspaceArchive(TarArchiveOutputStream tar, Path folder, String name) {
        this.tar = tar;
        this.folder = folder;
        this.name = name;
    }

    /** The archive goes through a file beside the folder, which is gone when the stream is closed. */
    public static InputStream of(Path folder, String name) throws IOException {
        Path file = Files.createTempFile(folder.toAbsolutePath().getParent(), "workspace", ".tar");
        try {
            try (TarArchiveOutputStream tar =
                    new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                tar.setAddPaxHeadersForNonAsciiNames(true);
                Files.walkFileTree(folder, new WorkspaceArchive(tar, folder, name));
            }
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
        put(new TarArchiveEntry(nameOf(each) + "/"), FOLDER);
        tar.closeArchiveEntry();
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            TarArchiveEntry link = new TarArchiveEntry(nameOf(each), TarConstants.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(each).toString());
            put(link, LINK);
            tar.closeArchiveEntry();
        } else if (attributes.isRegularFile()) {
            TarArchiveEntry file = new TarArchiveEntry(nameOf(each));
            file.setSize(attributes.size());
            put(file, Files.isExecutable(each) ? PROGRAM : FILE);
            Files.copy(each, tar);
            tar.closeArchiveEntry();
        }
        return FileVisitResult.CONTINUE;
    }

    private String nameOf(Path each) {
        return each.equals(folder) ? name : name + "/" + folder.relativize(each);
    }

    private void put(TarArchiveEntry entry, int mode) throws IOException {
        entry.setMode(mode);
        entry.setUserId(NOBODY);
        entry.setGroupId(NOBODY);
        tar.putArchiveEntry(entry);
    }
}
