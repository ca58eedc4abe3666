package dev.lightning.providers.runtime.docker;

import dev.lightning.providers.runtime.OutputMarks;
import dev.lightning.providers.runtime.OutputReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Tells an engine's log that is whole from one whose beginning was thrown away, which no engine says: every container
 * writes a first line, which is taken out here, and where it is missing stands the mark for that.
 */
final class LogBeginning implements OutputReader {
    /** What a container writes to both channels before its program. */
    static final String LINE = "lightning: the output begins here";

    private static final byte[] WRITTEN = (LINE + "\n").getBytes(StandardCharsets.US_ASCII);

    private final OutputReader reader;
    private final Set<Channel> begun = EnumSet.noneOf(Channel.class);

    LogBeginning(OutputReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean take(Channel channel, byte[] piece) throws IOException {
        if (!begun.add(channel)) {
            return reader.take(channel, piece);
        }
        if (!isWhole(piece)) {
            return reader.take(channel, OutputMarks.beginning()) && reader.take(channel, piece);
        }
        return piece.length == WRITTEN.length
                || reader.take(channel, Arrays.copyOfRange(piece, WRITTEN.length, piece.length));
    }

    private static boolean isWhole(byte[] piece) {
        return piece.length >= WRITTEN.length && Arrays.equals(piece, 0, WRITTEN.length, WRITTEN, 0, WRITTEN.length);
    }
}
