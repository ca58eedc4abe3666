package dev.lightning.providers.storage.rows;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Queues the writers of one owner within this process, where meeting in the store would cost everybody a retry. */
final class Stripes {
    private static final int COUNT = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(COUNT).toList();

    Lock of(String ownerKey) {
        return locks.get(Math.floorMod(ownerKey.hashCode(), COUNT));
    }
}
