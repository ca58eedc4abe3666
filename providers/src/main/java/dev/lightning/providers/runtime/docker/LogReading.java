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
    private volatile @Nullable IOException failure;
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
        } catch (IOException e) {
            failure = e;
            enough = true;
        }
        if (enough) {
            onComplete();
        }
    }

    /** Waits for the end of the log, or of the reader's interest. */
    void await() throws IOException, InterruptedException {
        awaitCompletion();
        IOException told = failure;
        if (told != null) {
            throw told;
        }
    }
}
