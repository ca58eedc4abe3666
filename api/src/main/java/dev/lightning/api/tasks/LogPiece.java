package dev.lightning.api.tasks;

import dev.lightning.providers.runtime.OutputReader.Channel;

/** What a run wrote to one channel, cut anywhere, on its way to becoming lines. */
final class LogPiece {
    private final Channel channel;
    private final byte[] bytes;

    LogPiece(Channel channel, byte[] bytes) {
        this.channel = channel;
        this.bytes = bytes;
    }

    Channel channel() {
        return channel;
    }

    byte[] bytes() {
        return bytes;
    }
}
