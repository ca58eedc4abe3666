package dev.lightning.app.home;

import dev.lightning.app.settings.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The folder of all local state: made on the first start, held by one owner at a time, never opened by an older release. */
public final class Home implements AutoCloseable {
    /** The format of everything in the home; goes up when an older release could no longer read it. */
    static final int FORMAT = 1;

    private static final int KEY_BYTES = 48;

    private final Path folder;
    private @Nullable FileChannel lock;

    private Home(Path folder) {
        this.folder = folder;
    }

    /** Opens or makes the home; throws {@link StartFailure} when a newer release wrote it. */
    public static Home open(Path folder) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder);
                ownerOnly(folder, "rwx------");
            }
            Files.createDirectories(folder.resolve("logs"));
            Home home = new Home(folder);
            home.checkFormat();
            return home;
        } catch (IOException impossible) {
            throw new StartFailure(
                    "LIGHTNING_HOME %s cannot be used: %s".formatted(folder, impossible.getMessage()), impossible);
        }
    }

    /** Makes this process the owner; throws {@link StartFailure} when another process is. */
    public void lock() {
        Path file = folder.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw new StartFailure(
                        "%s is in use by the Lightning with process id %s; stop that one or set LIGHTNING_HOME to another folder"
                                .formatted(folder, runningPid()));
            }
            lock = channel;
            Files.writeString(
                    folder.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** The key of our own tokens, made on the first start and readable by the owner only. */
    public String signingKey() {
        Path file = folder.resolve("jwt-signing.key");
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Path fresh = Files.createTempFile(folder, "key", ".new");
                ownerOnly(fresh, "rw-------");
                Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(key));
                Files.move(fresh, file);
            }
            return Files.readString(file).strip();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            if (lock != null) {
                Files.deleteIfExists(folder.resolve("pid"));
                lock.close();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void checkFormat() throws IOException {
        Path file = folder.resolve("format");
        if (!Files.exists(file)) {
            Files.writeString(file, Integer.toString(FORMAT));
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.matches("\\d{1,4}") || Integer.parseInt(found) > FORMAT) {
            throw new StartFailure(
                    "%s was written by a newer Lightning (format %s, this one knows %d); update, or set LIGHTNING_HOME to another folder"
                            .formatted(folder, found, FORMAT));
        }
    }

    private String runningPid() throws IOException {
        Path file = folder.resolve("pid");
        return Files.exists(file) ? Files.readString(file).strip() : "unknown";
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void ownerOnly(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
