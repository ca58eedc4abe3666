package dev.lightning.providers.model;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** So many at once, and those who wait one user after the other, so that who asks much does not hold up who asks little. */
final class FairTurns {
    private final LinkedHashMap<String, Queue<CountDownLatch>> waiting = new LinkedHashMap<>();
    private int free;

    FairTurns(int atOnce) {
        this.free = atOnce;
    }

    /** Whether this user got a turn within so many nanoseconds; it is to be given back. */
    boolean tryAcquire(String user, long nanos) throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        synchronized (this) {
            if (free > 0) {
                free--;
                return true;
            }
            waiting.computeIfAbsent(user, _ -> new ArrayDeque<>()).add(turn);
        }
        try {
            return turn.await(nanos, TimeUnit.NANOSECONDS) || !withdraw(user, turn);
        } catch (InterruptedException calledOff) {
            if (!withdraw(user, turn)) {
                release();
            }
            throw calledOff;
        }
    }

    /** Gives a turn back, to the user whose last one is longest ago. */
    synchronized void release() {
        Map.Entry<String, Queue<CountDownLatch>> next = waiting.pollFirstEntry();
        if (next == null) {
            free++;
            return;
        }
        CountDownLatch turn = next.getValue().remove();
        if (!next.getValue().isEmpty()) {
            waiting.put(next.getKey(), next.getValue());
        }
        turn.countDown();
    }

    /** False when the turn has been granted meanwhile. */
    private synchronized boolean withdraw(String user, CountDownLatch turn) {
        Queue<CountDownLatch> own = waiting.get(user);
        if (own == null || !own.remove(turn)) {
            return false;
        }
        if (own.isEmpty()) {
            waiting.remove(user);
        }
        return true;
    }
}
