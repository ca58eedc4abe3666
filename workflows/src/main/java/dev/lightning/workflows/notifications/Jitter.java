package dev.lightning.workflows.notifications;

import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Varies a gap by the workflow's own deterministic chance. */
final class Jitter {
    private Jitter() {}

    static Duration around(Duration gap) {
        double factor =
                1 + NotificationPolicy.JITTER * (2 * Workflow.newRandom().nextDouble() - 1);
        return Duration.ofMillis((long) (gap.toMillis() * factor));
    }
}
