package dev.lightning.activities.tools;

import dev.lightning.providers.runtime.OutputMarks;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One output of a run on its way through a file: however long it is, only its ends are ever in memory. Kept are its
 * first bytes, up to the limit, and its last MiB; a line says how much lies between them.
 */
final class CapturedText implements Closeable {
    private final Path file;
    private final long limit;
    private final OutputStream out;
    private final LastObject lastObject = new LastObject();
    private final OutputEnd end = new OutputEnd();
    private final ByteArrayOutputStream behindLimit = new ByteArrayOutputStream();
    private byte[] first = {};
    private long taken;
    private long kept;
    private long leftOut;
    private boolean finished;

    CapturedText(Path file, long limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    void take(byte[] piece) throws IOException {
        if (first.length < OutputMarks.LONGEST) {
            byte[] more = Arrays.copyOf(piece, Math.min(piece.length, OutputMarks.LONGEST - first.length));
            first = concat(first, more);
        }
        int room = Math.clamp(limit - taken, 0, piece.length);
        out.write(piece, 0, room);
        end.take(piece, room);
        behindLimit.write(piece, room, Math.clamp(OutputMarks.LONGEST - behindLimit.size(), 0, piece.length - room));
        taken += piece.length;
        lastObject.take(piece);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Puts the end behind the beginning, once everything was taken. */
    void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        long between = end.dropped();
        byte[] mark = between > 0 ? OutputMarks.between(between) : new byte[0];
        out.write(mark);
        end.writeTo(out);
        out.flush();
        kept = taken - between + mark.length;
        leftOut = between + OutputMarks.leftOut(behindLimit.toByteArray()).orElse(0);
    }

    /** How much the program wrote, as far as is known: of what a runtime left out, only what it has counted. */
    long bytes() {
        long marked = OutputMarks.leftOut(behindLimit.toByteArray()).orElse(0);
        long marks = marked > 0 ? OutputMarks.between(marked).length : 0;
        return taken + marked - marks - (beginsLate() ? OutputMarks.beginning().length : 0);
    }

    /** How many bytes {@link #open} has: what is kept, and the lines for what is not. */
    long kept() {
        return kept;
    }

    /** Whether anything of what the program wrote is not kept. */
    boolean isTruncated() {
        return leftOut > 0 || beginsLate();
    }

    private boolean beginsLate() {
        return OutputMarks.beginsLate(first);
    }

    /** What is kept, from the beginning. */
    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /** The last line that is a JSON object. */
    Optional<Map<String, @Nullable Object>> lastObject() {
        return lastObject.found();
    }

    /** The first and the last bytes of what is kept as text, with a note of how many lie between them. */
    String ends(int each) {
        try {
            if (kept <= 2L * each) {
                return text(0, (int) kept);
            }
            return text(0, each) + "\n[... " + (bytes() - 2L * each) + " bytes ...]\n" + text(kept - each, each);
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
