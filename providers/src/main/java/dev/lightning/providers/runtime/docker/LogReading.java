package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputReader.Channel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes the engine's log on as it arrives: the thread that reads the socket waits for the reader, so nothing piles up. */
final class LogReading extends ResultCallbackTemplate<LogReading, Frame> {
    private final OutputReader reader;
    private volatile @Nullable Exception failure;
    private boolean enough;

    LogReading(OutputReader reader) {
        this.reader = reader;
    }

    @Override
    public void onNext(Frame frame) {
        if (enough) {
            return;
        }
        Channel channel = frame.getStreamType() == StreamType.STDERR ? Channel.STDERR : Channel.STDOUT;
        try {
            enough = !reader.take(channel, frame.getPayload());
        } catch (IOException | RuntimeException e) {
            failure = e;
            enough = true;
        }
        if (enough) {
            onComplete();
        }
    }

    /** Passes on what the reader threw, which is no trouble of the engine's. */
    void throwReadersFailure() throws IOException {
        switch (failure) {
            case IOException told -> throw told;
            case RuntimeException told -> throw told;
            case null, default -> {}
        }
    }
}
