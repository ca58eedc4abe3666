package dev.lightning.app.temporal;

import dev.lightning.app.temporal.PlatformSchedule.Plan;
import dev.lightning.workflows.housekeeping.HousekeepingOrder;
import dev.lightning.workflows.housekeeping.HousekeepingWorkflow;
import dev.lightning.workflows.tools.SweepWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import java.time.Duration;

/** What the platform does for itself, and how often. */
final class PlatformSchedules {
    static final String HOUSEKEEPING = "lightning-housekeeping";
    static final String SWEEP = "sweep-orphans";

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

    private PlatformSchedules() {}

    /**
     * Daily at three; the catch-up window is a little more than a day, so that of the runs missed while Temporal was off
     * exactly the last is made up for.
     */
    static Plan housekeeping(HousekeepingOrder order) {
        return new Plan(
                HOUSEKEEPING,
                HousekeepingWorkflow.class,
                "housekeeping",
                "remove what was kept long enough",
                "How long each kind is kept is in the input; how many were removed, in the result.",
                new ScheduleIntervalSpec(Duration.ofDays(1), Duration.ofHours(3)),
                Duration.ofHours(25),
                order);
    }

    /** A sweep that was missed is not made up for: the next one sees the same. */
    static Plan sweep() {
        return new Plan(
                SWEEP,
                SweepWorkflow.class,
                SWEEP,
                "remove what tools have left behind",
                "How much there was, and how much of it belonged to no open workflow, is in the result.",
                new ScheduleIntervalSpec(SWEEP_EVERY),
                Duration.ofMinutes(1),
                null);
    }
}
