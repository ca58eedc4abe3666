package dev.lightning.api.schedules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The operator's limits on schedules; what is not set has its default.
 *
 * @param catchUpWindow how late a cron run may start after an outage before it counts as missed, unless the schedule
 *     says; one hour
 * @param horizon how far ahead a one-shot may lie; one year
 * @param maxPerUser how many schedules that can still run a user may have; 1,000
 */
public record ScheduleSettings(Duration catchUpWindow, Duration horizon, Integer maxPerUser) {
    static final Duration SHORTEST_WINDOW = Duration.ofSeconds(10);
    static final Duration LONGEST_WINDOW = Duration.ofDays(365);

    private static final Duration LONGEST_HORIZON = Duration.ofDays(3650);

    public ScheduleSettings(
            @Nullable Duration catchUpWindow, @Nullable Duration horizon, @Nullable Integer maxPerUser) {
        this.catchUpWindow = catchUpWindow == null ? Duration.ofHours(1) : catchUpWindow;
        this.horizon = horizon == null ? Duration.ofDays(365) : horizon;
        this.maxPerUser = maxPerUser == null ? Integer.valueOf(1_000) : maxPerUser;
        require(isWindow(this.catchUpWindow), "SCHEDULE_CATCH_UP_WINDOW must be 10 seconds to 365 days");
        require(
                this.horizon.isPositive() && this.horizon.compareTo(LONGEST_HORIZON) <= 0,
                "SCHEDULE_HORIZON must be more than nothing and at most 3650 days");
        require(this.maxPerUser >= 1 && this.maxPerUser <= 100_000, "SCHEDULE_MAX_PER_USER must be 1 to 100000");
    }

    /** Whether Temporal would keep this catch-up window as it is. */
    static boolean isWindow(Duration window) {
        return window.compareTo(SHORTEST_WINDOW) >= 0 && window.compareTo(LONGEST_WINDOW) <= 0;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
