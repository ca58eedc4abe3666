package dev.lightning.app.overload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long tasks have been waiting in a task queue that Temporal describes, which is some seconds late. Its word on the age
 * of the oldest was seen to be minutes off; but nothing waits for longer than the queue has been seen with a backlog.
 */
final class BacklogDelay {
    /** Fewer may be tasks that are being handed out. */
    private static final int SOME = 10;

    private long nanosOfLastEmpty;

    BacklogDelay(long nanos) {
        this.nanosOfLastEmpty = nanos;
    }

    /** What this description, seen at this time, says. */
    Duration seen(long tasks, Duration age, long nanos) {
        if (tasks < SOME) {
            nanosOfLastEmpty = nanos;
            return Duration.ZERO;
        }
        Duration longest = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(nanos - nanosOfLastEmpty));
        return age.compareTo(longest) < 0 ? age : longest;
    }
}
