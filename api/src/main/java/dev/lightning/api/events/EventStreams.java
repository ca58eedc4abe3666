package dev.lightning.api.events;

import dev.lightning.workflows.events.Owner;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells a watcher every change of an event until it ends, as server-sent events named {@code status}.
 *
 * <p>It looks again and again, ever more slowly while nothing changes: from four times a second to once in five
 * seconds. Each watcher is one virtual thread; a stream that has lasted an hour ends, and the client may open another.
 */
final class EventStreams implements AutoCloseable {
    static final int MAX_WATCHERS = 500;

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration LIFE = Duration.ofHours(1);

    private final EventInspector inspector;
    private final Semaphore places = new Semaphore(MAX_WATCHERS);
    private volatile boolean closed;

    EventStreams(EventInspector inspector) {
        this.inspector = inspector;
    }

    /** Starts with the event as it was just seen; more watchers than there are places are asked to come back. */
    SseEmitter watch(Owner owner, EventView first) {
        if (closed || !places.tryAcquire()) {
            throw Refusals.tooMany(LONGEST);
        }
        SseEmitter emitter = new SseEmitter(LIFE.toMillis());
        Watcher watcher = new Watcher(owner, first, emitter);
        emitter.onCompletion(watcher::stop);
        emitter.onTimeout(watcher::stop);
        emitter.onError(_ -> watcher.stop());
        Thread.ofVirtual().name("event-stream").start(watcher);
        return emitter;
    }

    /** Ends all streams, so that they do not hold up the end of the process. */
    @Override
    public void close() {
        closed = true;
    }

    private final class Watcher implements Runnable {
        private final Owner owner;
        private final SseEmitter emitter;
        private EventView seen;
        private volatile boolean stopped;

        Watcher(Owner owner, EventView first, SseEmitter emitter) {
            this.owner = owner;
            this.seen = first;
            this.emitter = emitter;
        }

        void stop() {
            stopped = true;
        }

        @Override
        public void run() {
            try {
                send();
                follow();
                emitter.complete();
            } catch (IOException | IllegalStateException gone) {
                stop();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                emitter.complete();
            } catch (RuntimeException failure) {
                log.warn("event=event.stream.failed event_id={}", seen.id(), failure);
                emitter.complete();
            } finally {
                places.release();
            }
        }

        private void follow() throws IOException, InterruptedException {
            Duration pause = SHORTEST;
            while (!stopped && !closed && !seen.status().isTerminal()) {
                Thread.sleep(pause);
                Optional<EventView> now = inspector.find(owner, seen.id());
                if (now.isEmpty()) {
                    return;
                }
                if (now.get().equals(seen)) {
                    pause = slower(pause);
                    emitter.send(SseEmitter.event().comment("still " + seen.status()));
                } else {
                    pause = SHORTEST;
                    seen = now.get();
                    send();
                }
            }
        }

        private void send() throws IOException {
            emitter.send(SseEmitter.event()
                    .name("status")
                    .data(EventJson.MAPPER.writeValueAsString(seen), MediaType.APPLICATION_JSON));
        }

        private static Duration slower(Duration pause) {
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        }
    }
}
