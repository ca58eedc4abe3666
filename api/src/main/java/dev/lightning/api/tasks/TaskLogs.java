package dev.lightning.api.tasks;

import dev.lightning.api.streaming.Feed;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.OutputReader.Channel;
import dev.lightning.providers.storage.rows.TaskRow;
import java.util.Set;

/** Makes streams of what tasks write, whether they go on or have ended. */
final class TaskLogs {
    private final Tasks tasks;
    private final BlobStore blobs;
    private final LiveOutput live;

    TaskLogs(Tasks tasks, BlobStore blobs, LiveOutput live) {
        this.tasks = tasks;
        this.blobs = blobs;
        this.live = live;
    }

    Feed follow(TaskRow task, LogPosition from, Set<Channel> channels) {
        return new LogFeed(new LogFeed.Source(() -> tasks.latest(task).orElse(null), live, blobs), from, channels);
    }
}
