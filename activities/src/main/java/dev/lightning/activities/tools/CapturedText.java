package dev.lightning.activities.tools;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One output of a run on its way through a file: however long it is, only its ends are ever in memory. */
final class CapturedText implements Closeable {
    /** How much of the beginning and of the end a history holds at most, in bytes each. */
    static final int LONGEST_END = 64 << 10;

    static final int SHORT_END = 8 << 10;

    private final Path file;
    private final long limit;
    private final OutputStream out;
    private final LastObject lastObject = new LastObject();
    private long bytes;
    private long kept;

    CapturedText(Path file, long limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    void take(byte[] piece) throws IOException {
        int room = Math.clamp(limit - kept, 0, piece.length);
        out.write(piece, 0, room);
        kept += room;
        bytes += piece.length;
        lastObject.take(piece);
    }

    /** How much was written, of which at most the limit is kept. */
    long bytes() {
        return bytes;
    }

    /** What is kept, from the beginning. */
    InputStream open() throws IOException {
        out.flush();
        return Files.newInputStream(file);
    }

    /** The last line that is a JSON object. */
    Optional<Map<String, @Nullable Object>> lastObject() {
        return lastObject.found();
    }

    /** The first and the last bytes of what is kept as text, with a note of how many lie between them. */
    String ends(int each) {
        try {
            out.flush();
            if (kept <= 2L * each) {
                return text(0, (int) kept);
            }
            return text(0, each) + "\n[... " + (kept - 2L * each) + " bytes ...]\n" + text(kept - each, each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(long from, int length) throws IOException {
        byte[] part = new byte[length];
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            reader.seek(from);
            reader.readFully(part);
        }
        return new String(part, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
