package dev.lightning.api.streaming;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream, told on the thread of its request. It asks its feed and so never holds more than it writes: nothing
 * piles up for a slow reader, whom the web server's write timeout ends.
 */
final class Watch implements Feed.Ears {
    /** When the stream speaks and when it ends. */
    record Rhythm(Duration heartbeat, Instant until, InstantSource clock) {
        Duration left() {
            return Duration.between(clock.instant(), until);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final Feed feed;
    private final SseWriter writer;
    private final Rhythm rhythm;
    private final Semaphore bell = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;

    Watch(Feed feed, SseWriter writer, Rhythm rhythm) {
        this.feed = feed;
        this.writer = writer;
        this.rhythm = rhythm;
    }

    /** Returns when the stream is over, because it has ended or because nobody reads it any more. */
    void run() {
        try (AutoCloseable _ = feed.listen(this)) {
            tellAll();
        } catch (IOException readerIsGone) {
            log.debug("event=stream.reader_gone");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (Exception trouble) {
            log.warn("event=stream.broken", trouble);
        } finally {
            over.countDown();
        }
    }

    @Override
    public void ring() {
        bell.release();
    }

    void end() {
        ended = true;
        bell.release();
    }

    void awaitEnd(Duration atMost) {
        try {
            if (!over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("event=stream.slow_to_end");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll() throws IOException, InterruptedException {
        Duration pause = Duration.ZERO;
        while (pause != null && !ended && rhythm.left().isPositive()) {
            pause = feed.tell(writer);
            writer.flush();
            if (pause != null) {
                listen(shortest(pause, rhythm.left()));
            }
        }
    }

    private void listen(Duration pause) throws IOException, InterruptedException {
        Duration quiet = shortest(pause, rhythm.heartbeat().minus(writer.silence()));
        boolean rung = bell.tryAcquire(Math.max(0, quiet.plusNanos(999_999).toMillis()), TimeUnit.MILLISECONDS);
        bell.drainPermits();
        if (!rung && writer.silence().compareTo(rhythm.heartbeat()) >= 0) {
            writer.comment("still here");
        }
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
