package dev.lightning.providers.blobs.folder;

import dev.lightning.providers.Sha256;
import dev.lightning.providers.blobs.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One file per blob, written beside its place and moved there once it is on the disk, so that a reader sees the old or
 * the new content and a crash leaves either.
 *
 * <p>The file's name is the readable end of the key and the key's hash, in one of 256 folders: no key leads out of the
 * folder, and two keys never meet in one file, not even where the file system ignores case.
 */
public final class FolderBlobStore implements BlobStore {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~:/-]{1,1024}");
    private static final Pattern UNREADABLE = Pattern.compile("[^A-Za-z0-9.-]");
    private static final int READABLE_LENGTH = 80;
    private static final int HASH_LENGTH = 32;
    private static final int SHARD_LENGTH = 2;
    private static final String UNFINISHED = ".tmp";
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private record Place(Path shard, Path file) {}

    private final Path folder;

    /** Makes the folder, so that a start fails where the first blob would, and drops what a crash left half written. */
    public FolderBlobStore(FolderBlobSettings settings) {
        this.folder = settings.path().toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            dropAbandoned();
        } catch (IOException e) {
            throw new UncheckedIOException("The blob folder " + folder + " cannot be used", e);
        }
    }

    private void dropAbandoned() throws IOException {
        Instant abandoned = Instant.now().minus(LONGEST_WRITE);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : unfinished) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void put(String key, byte[] content) {
        try {
            put(key, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException("A blob cannot be written to " + folder, e);
        }
    }

    @Override
    public void put(String key, InputStream content) throws IOException {
        Place place = place(key);
        Path written = folder.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            try (FileChannel channel =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = Channels.newOutputStream(channel);
                content.transferTo(out);
                channel.force(true);
            }
            moveTo(place, written);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private void moveTo(Place place, Path written) throws IOException {
        if (Files.notExists(place.shard())) {
            Files.createDirectories(place.shard());
            force(folder);
        }
        Files.move(written, place.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(place.shard());
    }

    @Override
    public Optional<byte[]> get(String key) {
        try {
            return Optional.of(Files.readAllBytes(place(key).file()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A blob cannot be read from " + folder, e);
        }
    }

    @Override
    public Optional<InputStream> open(String key) {
        try {
            return Optional.of(Files.newInputStream(place(key).file()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A blob cannot be read from " + folder, e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(place(key).file());
        } catch (IOException e) {
            throw new UncheckedIOException("A blob cannot be deleted from " + folder, e);
        }
    }

    /** Makes the names in a folder durable; where a folder cannot be opened (Windows) the system sees to it. */
    private static void force(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Place place(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("A blob key has 1 to 1024 characters of [A-Za-z0-9._~:/-]");
        }
        String hash = Sha256.hex(key).substring(0, HASH_LENGTH);
        String readable = UNREADABLE.matcher(key).replaceAll("_");
        String end = readable.substring(Math.max(0, readable.length() - READABLE_LENGTH));
        Path shard = folder.resolve(hash.substring(0, SHARD_LENGTH));
        return new Place(shard, shard.resolve(hash + "-" + end));
    }
}
