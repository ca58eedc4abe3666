package dev.lightning.app;

import dev.lightning.workers.WorkerLifecycle;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Looks at something again and again in a thread of its own, for as long as there may be workers. */
public abstract class Watcher implements SmartLifecycle {
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final String name;
    private volatile @Nullable Thread thread;

    /** Takes the name of the thread. */
    protected Watcher(String name) {
        this.name = name;
    }

    /** Looks once, and says how long to wait before the next look. */
    protected abstract Duration look();

    @Override
    public final int getPhase() {
        return WorkerLifecycle.PHASE - 512;
    }

    @Override
    public final synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name(name).start(this::watch);
        }
    }

    @Override
    public final void stop() {
        stopping.countDown();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    private void watch() {
        try {
            boolean stopped = false;
            while (!stopped) {
                stopped = stopping.await(look().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ended) {
            stopping.countDown();
        }
    }
}
