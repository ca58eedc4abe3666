package dev.lightning.activities.chat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * At most one running call for each key in this process: an attempt that Temporal starts because it has lost sight of
 * an earlier one finds that one's call still running here, and waits for it instead of making a second.
 *
 * @param <T> what a call ends with
 */
final class CallsInFlight<T> {
    private final ConcurrentMap<String, Call<T>> calls = new ConcurrentHashMap<>();

    /** Joins the running call with this key, or starts one on a thread of its own. */
    Call<T> join(String key, Function<Call<T>, T> work) {
        Call<T> joined =
                calls.compute(key, (_, running) -> running != null && running.admit() ? running : new Call<>());
        joined.startOnce(() -> {
            try {
                joined.outcome.complete(work.apply(joined));
            } catch (Throwable bug) {
                joined.outcome.completeExceptionally(bug);
            } finally {
                calls.remove(key, joined);
            }
        });
        return joined;
    }

    /** One running call and how many attempts wait for it. */
    static final class Call<T> {
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private boolean started;
        private boolean calledOff;
        private @Nullable Thread interruptible;
        private int waiting = 1;

        /** Waits that long for the outcome; null when there is none yet. */
        @Nullable
        T await(long millis) throws InterruptedException, ExecutionException {
            try {
                return outcome.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                return null;
            }
        }

        /** Runs the part of the work that may be interrupted; null when the call was called off before. */
        <R> @Nullable R interruptibly(Supplier<R> part) {
            synchronized (this) {
                if (calledOff) {
                    return null;
                }
                interruptible = Thread.currentThread();
            }
            try {
                return part.get();
            } finally {
                endInterruptiblePart();
            }
        }

        /** An attempt has gone, but its step has not: the call goes on for the next one. */
        synchronized void leave() {
            waiting--;
        }

        /** An attempt has gone because its step was cancelled: without another one waiting, the call ends. */
        synchronized void callOff() {
            waiting--;
            if (waiting <= 0) {
                calledOff = true;
                if (interruptible != null) {
                    interruptible.interrupt();
                }
            }
        }

        private synchronized void endInterruptiblePart() {
            interruptible = null;
            Thread.interrupted();
        }

        private synchronized boolean admit() {
            boolean open = !calledOff && !outcome.isDone();
            waiting += open ? 1 : 0;
            return open;
        }

        private synchronized void startOnce(Runnable work) {
            if (!started) {
                started = true;
                Thread.ofVirtual().name("call-in-flight").start(work);
            }
        }
    }
}
