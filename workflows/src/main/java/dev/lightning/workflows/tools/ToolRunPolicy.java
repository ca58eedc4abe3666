package dev.lightning.workflows.tools;

import dev.lightning.workflows.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How long the steps of a run may take, and how often a running program is looked after. */
public final class ToolRunPolicy {
    /** An attempt whose process died is given up after this. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** By how much a deadline can be extended in all; after that the runtime itself ends the program. */
    public static final Duration EXTENSION = Duration.ofDays(7);

    /** How long a run waits for somebody to approve of it; then it ends as rejected. */
    public static final Duration APPROVAL = Duration.ofDays(7);

    /** How long a run waits for its turn before its row says so: most need not wait, and are spared the writing. */
    static final Duration UNNOTICED = Duration.ofSeconds(2);

    /** How long the first look waits for the end of the program: most runs end within it and need no timer. */
    static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    private static final Duration SHORTEST_GAP = Duration.ofSeconds(1);
    private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

    /** How long is waited for what a program is to run on, and how long workers that die in between are replaced. */
    static final Duration START = Duration.ofHours(1);

    /** How often a run begins anew because what it ran on was taken away. */
    static final int MOST_INTERRUPTIONS = 5;

    /** How often an engine that is away is asked to start a program: for about five minutes. */
    private static final int STARTS = 12;

    /** How long a removal is tried before it is left to the sweep, which comes by itself. */
    static final Duration REMOVAL = Duration.ofMinutes(10);

    /** How long workers that are away are waited for, and an engine once something of the run may be there. */
    private static final Duration OUTAGE = Duration.ofDays(7);

    private ToolRunPolicy() {}

    /** When the runtime ends a program by itself, should nobody else be there to do so. */
    public static Duration lifetime(Duration timeout) {
        return timeout.plus(EXTENSION);
    }

    /** A tenth of the time that the program has run, so that what a look costs and what it misses stay in proportion. */
    static Duration gapAfter(Duration running) {
        Duration tenth = running.dividedBy(10);
        if (tenth.compareTo(SHORTEST_GAP) < 0) {
            return SHORTEST_GAP;
        }
        return tenth.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : tenth;
    }

    /** A start that is cancelled is waited for, so that nothing appears after everything has been removed. */
    static ActivityOptions starting(String summary) {
        return options(summary, OUTAGE)
                .setRetryOptions(retries().setMaximumAttempts(STARTS).build())
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .build();
    }

    static ActivityOptions lookingAfter(String summary) {
        return options(summary, OUTAGE).build();
    }

    static ActivityOptions cleaningUp(String summary) {
        return options(summary, REMOVAL).build();
    }

    private static ActivityOptions.Builder options(String summary, Duration overall) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.TOOLS)
                .setStartToCloseTimeout(Duration.ofMinutes(30))
                .setScheduleToCloseTimeout(overall)
                .setHeartbeatTimeout(HEARTBEAT)
                .setRetryOptions(retries().build())
                .setSummary(summary);
    }

    private static RetryOptions.Builder retries() {
        return RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(500))
                .setMaximumInterval(Duration.ofMinutes(1));
    }
}
