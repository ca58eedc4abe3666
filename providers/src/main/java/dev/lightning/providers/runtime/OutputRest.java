package dev.lightning.providers.runtime;

import java.io.IOException;
import java.util.Arrays;

/** Passes on what lies behind a position, for runtimes that can read a run's output from its beginning only. */
public final class OutputRest implements OutputReader {
    private final OutputReader reader;
    private OutputPosition reached;
    private OutputPosition seen = OutputPosition.START;
    private volatile boolean enough;

    public OutputRest(OutputPosition from, OutputReader reader) {
        this.reached = from;
        this.reader = reader;
    }

    /** Gets ready to be given everything from the beginning again. */
    public void rewind() {
        seen = OutputPosition.START;
    }

    /** Whether the reader wants to hear no more. */
    public boolean isEnough() {
        return enough;
    }

    @Override
    public boolean take(Channel channel, byte[] piece) throws IOException {
        long before = seen.of(channel);
        long after = before + piece.length;
        seen = seen.with(channel, after);
        if (after > reached.of(channel)) {
            int known = (int) Math.max(0, reached.of(channel) - before);
            reached = reached.with(channel, after);
            enough = !reader.take(channel, known == 0 ? piece : Arrays.copyOfRange(piece, known, piece.length));
        }
        return !enough;
    }
}
