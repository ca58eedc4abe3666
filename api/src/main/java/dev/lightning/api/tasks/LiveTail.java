package dev.lightning.api.tasks;

import dev.lightning.api.streaming.Feed.Ears;
import dev.lightning.providers.runtime.OutputPosition;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a run on a thread of its own, a few pieces ahead of who reads them and no more, so that a slow reader leaves
 * the output where it is.
 */
final class LiveTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveTail.class);
    private static final int AHEAD = 4;

    private final LiveOutput live;
    private final Ears ears;
    private final BlockingQueue<LogPiece> pieces = new ArrayBlockingQueue<>(AHEAD);
    private volatile @Nullable RunStatus end;
    private volatile boolean closed;
    private @Nullable Thread thread;

    private LiveTail(LiveOutput live, Ears ears) {
        this.live = live;
        this.ears = ears;
    }

    /** Begins after a position, and rings for every piece and at the end. */
    static LiveTail start(LiveOutput live, String workflowId, OutputPosition from, Ears ears) {
        LiveTail tail = new LiveTail(live, ears);
        tail.thread = Thread.ofVirtual().name("logs-" + workflowId).start(() -> tail.follow(workflowId, from));
        return tail;
    }

    /** How the run stood when there was nothing more to follow; null while there may be. Then the pieces are all here. */
    @Nullable
    RunStatus end() {
        return end;
    }

    /** The next piece that has come, null when there is none at the moment. */
    @Nullable
    LogPiece next() {
        return pieces.poll();
    }

    private void follow(String workflowId, OutputPosition from) {
        RunStatus last = new RunStatus.Missing();
        try {
            last = live.follow(workflowId, from, this::take);
        } catch (InterruptedException closing) {
            log.debug("event=logs.left workflow={}", workflowId);
        } catch (RuntimeUnavailableException | RunRejectedException | IOException away) {
            log.debug("event=logs.away workflow={} reason={}", workflowId, away.getMessage());
        } catch (RuntimeException defect) {
            log.warn("event=logs.broken workflow={}", workflowId, defect);
        } finally {
            end = last;
            ears.ring();
        }
    }

    private boolean take(Channel channel, byte[] bytes) {
        try {
            pieces.put(new LogPiece(channel, bytes));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
        ears.ring();
        return !closed;
    }

    /** The thread that waits for room may be the runtime's own: it is given some, and then told that it was the last. */
    @Override
    public void close() {
        closed = true;
        pieces.clear();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
