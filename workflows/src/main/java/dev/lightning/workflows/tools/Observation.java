package dev.lightning.workflows.tools;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A program as it was seen last.
 *
 * @param alive whether it still runs
 * @param startedAt null when it has not started, or nothing of it is there any more
 * @param askAgain in how long there may be news of what it will run on; null once that is there
 * @param interrupted why what it was to run on could not be had, or was taken away; another start may do better
 */
public record Observation(
        boolean alive,
        @Nullable Instant startedAt,
        @Nullable Duration askAgain,
        @Nullable String interrupted) {
    /** A program that has what it runs on, or is gone. */
    public Observation(boolean alive, @Nullable Instant startedAt) {
        this(alive, startedAt, null, null);
    }

    /** What the program will run on is still being made. */
    public static Observation provisioning(Duration askAgain) {
        return new Observation(true, null, askAgain, null);
    }

    /** There is nothing to run on, through no fault of the program. */
    public static Observation interrupted(String reason) {
        return new Observation(false, null, null, reason);
    }
}
