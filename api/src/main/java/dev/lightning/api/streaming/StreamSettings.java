package dev.lightning.api.streaming;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What open streams of server-sent events may cost.
 *
 * @param heartbeat after how much silence a comment is sent, by which a vanished client is noticed
 * @param perUser how many streams one user may have open at once
 * @param total how many all users may have open at once in this process
 * @param maxLife when a stream ends at the latest; it ends earlier when its token does
 */
public record StreamSettings(Duration heartbeat, Integer perUser, Integer total, Duration maxLife) {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int PER_USER = 16;
    private static final int TOTAL = 1_000;
    private static final Duration MAX_LIFE = Duration.ofMinutes(15);

    public StreamSettings {
        heartbeat = orElse(heartbeat, HEARTBEAT);
        perUser = perUser == null ? Integer.valueOf(PER_USER) : perUser;
        total = total == null ? Integer.valueOf(TOTAL) : total;
        maxLife = orElse(maxLife, MAX_LIFE);
        if (heartbeat.isNegative() || heartbeat.isZero()) {
            throw new IllegalArgumentException("STREAM_HEARTBEAT must be a positive duration such as 15s");
        }
        if (perUser < 1) {
            throw new IllegalArgumentException("STREAMS_PER_USER must be at least 1");
        }
        if (total < 1) {
            throw new IllegalArgumentException("STREAMS_TOTAL must be at least 1");
        }
        if (maxLife.isNegative() || maxLife.isZero()) {
            throw new IllegalArgumentException("STREAM_MAX_LIFE must be a positive duration such as 15m");
        }
    }

    public static StreamSettings defaults() {
        return new StreamSettings(HEARTBEAT, PER_USER, TOTAL, MAX_LIFE);
    }

    private static Duration orElse(@Nullable Duration set, Duration otherwise) {
        return set == null ? otherwise : set;
    }
}
