package dev.lightning.workflows.events;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How hard the workflow tries to keep an event's row true: at once, and where that fails for as long as it takes. */
final class EventPolicy {
    static final LocalActivityOptions RECORD_AT_ONCE = LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(5))
            .setScheduleToCloseTimeout(Duration.ofSeconds(10))
            .setRetryOptions(RetryOptions.newBuilder()
                    .setMaximumAttempts(2)
                    .setInitialInterval(Duration.ofMillis(200))
                    .build())
            .setDoNotIncludeArgumentsIntoMarker(true)
            .setSummary("store")
            .build();

    static final ActivityOptions RECORD_EVENTUALLY = ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setScheduleToCloseTimeout(Duration.ofDays(7))
            .setRetryOptions(RetryOptions.newBuilder()
                    .setMaximumInterval(Duration.ofMinutes(1))
                    .build())
            .setSummary("store")
            .build();

    private EventPolicy() {}
}
