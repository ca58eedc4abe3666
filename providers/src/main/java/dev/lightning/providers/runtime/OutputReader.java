package dev.lightning.providers.runtime;

import java.io.IOException;

/** Takes what a run writes, piece by piece. */
@FunctionalInterface
public interface OutputReader {
    /** Where a piece was written. */
    enum Channel {
        STDOUT,
        STDERR
    }

    /**
     * Takes the next piece.
     *
     * @return false to hear no more
     */
    boolean take(Channel channel, byte[] piece) throws IOException;
}
