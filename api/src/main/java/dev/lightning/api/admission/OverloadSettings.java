package dev.lightning.api.admission;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When this process takes itself for overloaded.
 *
 * @param delay how long accepted work may wait before new work is refused ({@code OVERLOAD_DELAY}); zero for never
 * @param posts how many posts of events are read at once, of which a user gets half ({@code OVERLOAD_POSTS})
 */
public record OverloadSettings(
        @Nullable Duration delay, @Nullable Integer posts) {
    private static final Duration DEFAULT_DELAY = Duration.ofSeconds(3);
    private static final Duration MAX_DELAY = Duration.ofHours(1);
    private static final int DEFAULT_POSTS = 128;
    private static final int MAX_POSTS = 10_000;

    public OverloadSettings {
        delay = delay == null ? DEFAULT_DELAY : delay;
        posts = posts == null ? DEFAULT_POSTS : posts;
        require(!delay.isNegative() && delay.compareTo(MAX_DELAY) <= 0, "OVERLOAD_DELAY must be 0s to 1h");
        require(posts >= 2 && posts <= MAX_POSTS, "OVERLOAD_POSTS must be 2 to 10000");
    }

    /** What holds for nobody who sets anything. */
    public static OverloadSettings defaults() {
        return new OverloadSettings(null, null);
    }

    Duration longestDelay() {
        return delay == null ? DEFAULT_DELAY : delay;
    }

    int postsAtOnce() {
        return posts == null ? DEFAULT_POSTS : posts;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
