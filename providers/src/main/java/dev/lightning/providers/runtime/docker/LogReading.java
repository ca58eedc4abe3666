package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.lightning.providers.runtime.OutputReader;
import dev.lightning.providers.runtime.OutputReader.Channel;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes the engine's log on as it arrives: the thread that reads the socket waits for the reader, so nothing piles up. */
final class LogReading extends ResultCallbackTemplate<LogReading, Frame> {
    private final OutputReader reader;
    private volatile @Nullable Exception failure;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean enough;
    private volatile boolean busy;
    private volatile long lastHeard = System.nanoTime();

    LogReading(OutputReader reader) {
        this.reader = reader;
    }

    /** An engine that begins to answer only now is told that nobody listens any more. */
    @Override
    public void onStart(Closeable stream) {
        super.onStart(stream);
        if (enough) {
            onComplete();
        }
    }

    @Override
    public void onNext(Frame frame) {
        busy = true;
        synchronized (reader) {
            if (!enough) {
                pass(frame);
            }
        }
        lastHeard = System.nanoTime();
        busy = false;
    }

    private void pass(Frame frame) {
        Channel channel = frame.getStreamType() == StreamType.STDERR ? Channel.STDERR : Channel.STDOUT;
        try {
            if (reader.take(channel, frame.getPayload())) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        enough = true;
        onComplete();
    }

    /** Whether for this long the engine has sent nothing and the reader has waited for it. */
    boolean isSilentFor(Duration time) {
        return !busy && System.nanoTime() - lastHeard > time.toNanos();
    }

    /** Sees to it that the reader is given nothing any more, and returns when that is so. */
    void giveUp() {
        synchronized (reader) {
            enough = true;
        }
    }

    @Override
    public void close() throws IOException {
        enough = true;
        try {
            super.close();
        } finally {
            over.countDown();
        }
    }

    /** Whether it is over within this time; unlike the client's own wait with a time it ends nothing. */
    boolean isOverWithin(Duration patience) throws InterruptedException {
        return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
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
