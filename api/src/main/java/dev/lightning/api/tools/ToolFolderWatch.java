package dev.lightning.api.tools;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Looks at the operator's files at the start and every few seconds, for as long as the process runs. */
final class ToolFolderWatch implements SmartLifecycle {
    private final ToolFolder folder;
    private final boolean again;
    private final Duration poll;
    private volatile @Nullable Thread thread;

    /** Takes whether there is a folder to look at again. */
    ToolFolderWatch(ToolFolder folder, boolean again, Duration poll) {
        this.folder = folder;
        this.again = again;
        this.poll = poll;
    }

    @Override
    public void start() {
        folder.load();
        thread = again ? Thread.ofVirtual().name("tools-folder").start(this::watch) : Thread.currentThread();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(poll);
                folder.load();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread watching = thread;
        if (watching != null && again) {
            watching.interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
