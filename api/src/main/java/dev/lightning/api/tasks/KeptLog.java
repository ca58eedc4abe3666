package dev.lightning.api.tasks;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.storage.rows.TaskFiles;
import dev.lightning.providers.storage.rows.TaskFiles.Kept;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what was collected of a run's output after a position, first of one channel, then of the other. */
final class KeptLog implements Closeable {
    private static final int PIECE = 64 << 10;

    private record Part(Channel channel, String blob, boolean last) {}

    private final BlobStore blobs;
    private final Deque<Part> parts = new ArrayDeque<>();
    private OutputPosition known;
    private @Nullable InputStream content;
    private Channel channel = Channel.STDOUT;

    KeptLog(BlobStore blobs, TaskFiles files, OutputPosition from) {
        this.blobs = blobs;
        this.known = from;
        add(Channel.STDOUT, files.stdout());
        add(Channel.STDERR, files.stderr());
    }

    private void add(Channel of, @Nullable Kept kept) {
        if (kept != null && known.of(of) < kept.bytes()) {
            for (String blob : kept.blobs()) {
                parts.add(new Part(of, blob, blob.equals(kept.blobs().getLast())));
            }
        }
    }

    /** The next piece, null at the end. */
    @Nullable
    LogPiece next() throws IOException {
        while (content != null || !parts.isEmpty()) {
            InputStream from = content == null ? open(parts.remove()) : content;
            content = from;
            byte[] bytes = from.readNBytes(PIECE);
            if (bytes.length > 0) {
                return new LogPiece(channel, bytes);
            }
            close();
        }
        return null;
    }

    /** Of a channel of which a part is gone, the rest is not told. */
    private InputStream open(Part part) throws IOException {
        channel = part.channel();
        Optional<InputStream> there = blobs.open(part.blob());
        if (there.isEmpty()) {
            parts.removeIf(other -> other.channel() == part.channel());
            return InputStream.nullInputStream();
        }
        skipKnown(there.get(), part.last());
        return there.get();
    }

    /** Only of the last part it is certain that it is longer than what is known, so that it may be jumped over. */
    private void skipKnown(InputStream part, boolean last) throws IOException {
        long rest = known.of(channel);
        if (last) {
            part.skipNBytes(rest);
            rest = 0;
        }
        int read = 0;
        while (rest > 0 && read >= 0) {
            read = part.readNBytes((int) Math.min(rest, PIECE)).length;
            rest -= read;
            read = read == 0 ? -1 : read;
        }
        known = known.with(channel, rest);
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
    }
}
