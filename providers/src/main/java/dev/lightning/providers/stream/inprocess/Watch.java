package dev.lightning.providers.stream.inprocess;

import dev.lightning.providers.stream.LiveItem;
import dev.lightning.providers.stream.LiveStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watcher with a queue and a virtual thread of its own, so that it can hold up nobody but itself. */
final class Watch implements LiveStream.Subscription {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final LiveItem WAKE_UP = new LiveItem("", "", "");

    private enum State {
        OPEN,
        DROPPED,
        CLOSED
    }

    private final BlockingQueue<LiveItem> queue;
    private final Consumer<LiveItem> watcher;
    private final Runnable onDropped;
    private final Consumer<Watch> onGone;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    Watch(int queueSize, Consumer<LiveItem> watcher, Runnable onDropped, Consumer<Watch> onGone) {
        this.queue = new ArrayBlockingQueue<>(queueSize);
        this.watcher = watcher;
        this.onDropped = onDropped;
        this.onGone = onGone;
    }

    void start() {
        Thread.ofVirtual().name("live-watch").start(this::run);
    }

    /** Takes the item if there is room; a watcher without room is dropped. */
    void offer(LiveItem item) {
        if (!queue.offer(item)) {
            drop();
        }
    }

    @Override
    public void close() {
        end(State.CLOSED);
    }

    /** The watcher hears of it on a thread of its own: the publisher waits for nobody. */
    private void drop() {
        if (end(State.DROPPED)) {
            Thread.ofVirtual().name("live-watch-dropped").start(onDropped);
        }
    }

    private boolean end(State how) {
        if (!state.compareAndSet(State.OPEN, how)) {
            return false;
        }
        onGone.accept(this);
        queue.clear();
        queue.offer(WAKE_UP);
        return true;
    }

    private void run() {
        try {
            for (LiveItem item = queue.take(); state.get() == State.OPEN; item = queue.take()) {
                watcher.accept(item);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.warn("event=live.watcher_failed", bug);
            drop();
        }
    }
}
