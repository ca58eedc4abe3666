package dev.lightning.providers.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final FairTurns turns = new FairTurns(1);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asking = new AtomicInteger();

    @Test
    void who_asks_little_is_next_whatever_waits_of_somebody_else() throws Exception {
        assertThat(turns.tryAcquire("flood", LONG)).isTrue();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String user : List.of("flood", "flood", "flood", "flood", "alice", "bob")) {
                Thread thread = Thread.ofVirtual().unstarted(() -> takeTurn(user));
                thread.start();
                await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
                threads.execute(() -> join(thread));
            }
            turns.release();
        }
        assertThat(order).containsExactly("flood", "alice", "bob", "flood", "flood", "flood");
    }

    @Test
    void who_gives_up_leaves_no_turn_behind_and_takes_none_along() throws Exception {
        assertThat(turns.tryAcquire("a", LONG)).isTrue();
        assertThat(turns.tryAcquire("b", 1)).isFalse();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> calledOff = threads.submit(() -> takeTurn("c"));
            await().until(() -> asking.get() == 1);
            calledOff.cancel(true);
        }
        turns.release();

        assertThat(turns.tryAcquire("d", 1)).isTrue();
        assertThat(turns.tryAcquire("d", 1)).isFalse();
        assertThat(order).isEmpty();
    }

    private void takeTurn(String user) {
        try {
            asking.incrementAndGet();
            if (turns.tryAcquire(user, LONG)) {
                order.add(user);
                turns.release();
            }
        } catch (InterruptedException calledOff) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
