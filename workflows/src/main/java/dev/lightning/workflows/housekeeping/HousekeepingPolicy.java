package dev.lightning.workflows.housekeeping;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.Locale;

/** How patiently the store is tidied: there is a day until the next run, and whoever waits for the store goes first. */
final class HousekeepingPolicy {
    private static final Duration ATTEMPT = Duration.ofHours(2);
    private static final Duration OVERALL = Duration.ofHours(5);

    /** One page takes milliseconds; this is for a store that is very busy. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private HousekeepingPolicy() {}

    static ActivityOptions remove(KeptKind kind) {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(ATTEMPT)
                .setScheduleToCloseTimeout(OVERALL)
                .setHeartbeatTimeout(HEARTBEAT)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(10))
                        .setMaximumInterval(Duration.ofMinutes(10))
                        .build())
                .setSummary(kind.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
