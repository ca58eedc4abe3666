package dev.lightning.api.messages;

import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.stream.LiveStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream, on a virtual thread of its own. The live stream is only its bell: what it sends it reads from the
 * store, in the store's order, so that nothing is missing or twice and nothing piles up for a slow reader, whom the web
 * server's write timeout ends.
 */
final class MessageWatch {
    /** When the stream speaks and when it ends. */
    record Rhythm(Duration heartbeat, Instant until, InstantSource clock) {
        /** How long it may stay silent now; nothing when it is over. */
        Duration silence() {
            Duration left = Duration.between(clock.instant(), until);
            return left.compareTo(heartbeat) < 0 ? left : heartbeat;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(MessageWatch.class);
    private static final int PAGE = 20;

    private final MessageRows messages;
    private final LiveStream live;
    private final String ownerKey;
    private final Rhythm rhythm;
    private final SseWriter writer;
    private final Semaphore bell = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private long position;
    private volatile boolean ended;

    MessageWatch(
            MessageRows messages, LiveStream live, String ownerKey, long position, SseWriter writer, Rhythm rhythm) {
        this.messages = messages;
        this.live = live;
        this.ownerKey = ownerKey;
        this.position = position;
        this.writer = writer;
        this.rhythm = rhythm;
    }

    /**
     * Runs until the stream is over.
     *
     * @param onEnd closes the connection; not called when that is broken, which the web server knows before we do
     * @param onOver runs in any case, at the very end
     */
    void start(Runnable onEnd, Runnable onOver) {
        Thread.ofVirtual().name("message-stream").start(() -> {
            try {
                if (run()) {
                    onEnd.run();
                }
            } finally {
                onOver.run();
                over.countDown();
            }
        });
    }

    /** Asks the stream to end; safe from any thread, and it never waits. */
    void end() {
        ended = true;
        bell.release();
    }

    void awaitEnd(Duration atMost) {
        try {
            if (!over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("event=message_stream.slow_to_end owner={}", ownerKey);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the connection is still there afterwards. */
    private boolean run() {
        try (LiveStream.Subscription _ = live.subscribe(ownerKey, _ -> bell.release(), this::end)) {
            while (!ended && rhythm.silence().isPositive()) {
                if (!sendNext()) {
                    waitForMore();
                }
            }
        } catch (IOException readerIsGone) {
            log.debug("event=message_stream.reader_gone owner={}", ownerKey);
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException trouble) {
            log.warn("event=message_stream.broken owner={}", ownerKey, trouble);
        }
        return true;
    }

    private boolean sendNext() throws IOException {
        List<MessageRow> next = messages.after(ownerKey, position, PAGE);
        for (MessageRow row : next) {
            if (ended) {
                return true;
            }
            writer.event("message", row.id(), messages.body(row));
            position = row.sequence();
        }
        return !next.isEmpty();
    }

    private void waitForMore() throws IOException, InterruptedException {
        if (!bell.tryAcquire(rhythm.silence().toMillis(), TimeUnit.MILLISECONDS)) {
            writer.comment("still here");
        }
        bell.drainPermits();
    }
}
