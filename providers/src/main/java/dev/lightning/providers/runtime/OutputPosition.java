package dev.lightning.providers.runtime;

import dev.lightning.providers.runtime.OutputReader.Channel;

/**
 * How much of a run's output somebody has, by which they go on where they were; in bytes from the beginning of each
 * channel. Who wants nothing of a channel has {@link #ALL} of it.
 */
public record OutputPosition(long stdout, long stderr) {
    /** More than any run writes. */
    public static final long ALL = Long.MAX_VALUE;

    public static final OutputPosition START = new OutputPosition(0, 0);

    public OutputPosition {
        if (stdout < 0 || stderr < 0) {
            throw new IllegalArgumentException("A position is not before the beginning");
        }
    }

    public long of(Channel channel) {
        return switch (channel) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    /** The same with another position in one channel. */
    public OutputPosition with(Channel channel, long bytes) {
        return switch (channel) {
            case STDOUT -> new OutputPosition(bytes, stderr);
            case STDERR -> new OutputPosition(stdout, bytes);
        };
    }
}
