package dev.lightning.workflows.notifications;

import dev.lightning.workflows.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.List;

/** How long we go on trying to tell somebody: at once, then with growing gaps for about a day and a half. */
public final class NotificationPolicy {
    /** The gap after attempt n is the nth; after the last one the message is given up. */
    public static final List<Duration> GAPS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    public static final int MAX_ATTEMPTS = GAPS.size() + 1;

    /** Gaps vary by at most this share up or down, so that receivers do not see waves. */
    public static final double JITTER = 0.2;

    /** The first attempt, which must fit into a local activity. */
    public static final Duration FIRST_CALL = Duration.ofSeconds(4);

    public static final Duration CALL = Duration.ofSeconds(15);

    /** How long the event itself waits for its message before a workflow of its own takes over. */
    static final Duration EVENT_WAITS = Duration.ofMinutes(1);

    static final LocalActivityOptions AT_ONCE = LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(5))
            .setScheduleToCloseTimeout(Duration.ofSeconds(5))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .setDoNotIncludeArgumentsIntoMarker(true)
            .setSummary("NOTIFY_URL")
            .build();

    static final ActivityOptions WITHIN_THE_EVENT = deliver(EVENT_WAITS);

    static final ActivityOptions FOR_DAYS = deliver(Duration.ofDays(7));

    private NotificationPolicy() {}

    /** The gap that follows this attempt, counted from 1, before jitter. */
    public static Duration gapAfter(int attempt) {
        return GAPS.get(Math.clamp(attempt, 1, GAPS.size()) - 1);
    }

    /**
     * The same gap with jitter.
     *
     * @param chance from 0 to 1, of the workflow's own deterministic source where a workflow asks
     */
    public static Duration gapAfter(int attempt, double chance) {
        double factor = 1 + JITTER * (2 * chance - 1);
        return Duration.ofMillis((long) (gapAfter(attempt).toMillis() * factor));
    }

    private static ActivityOptions deliver(Duration overall) {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(CALL.plusSeconds(5))
                .setScheduleToCloseTimeout(overall)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(gapAfter(1))
                        .setMaximumInterval(gapAfter(GAPS.size()))
                        .build())
                .setTaskQueue(TaskQueues.NOTIFY)
                .setSummary("NOTIFY_URL")
                .build();
    }
}
