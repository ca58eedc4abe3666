package dev.lightning.bench.bare;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How much a bare program knows of what makes Temporal fast. */
public enum BareStyle {
    /** Two regular activities, with the SDK's default options. */
    PLAIN,
    /** Started eagerly; the model as a regular activity, which is then eager too; the notification as a local one. */
    TUNED,
    /** Started eagerly, and both local: the fewest steps that are persisted. */
    FEWEST;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    boolean startsEagerly() {
        return this != PLAIN;
    }

    BareActivities model() {
        return this == FEWEST ? local() : regular();
    }

    BareActivities receiver() {
        return this == PLAIN ? regular() : local();
    }

    private static BareActivities regular() {
        return Workflow.newActivityStub(
                BareActivities.class,
                ActivityOptions.newBuilder().setStartToCloseTimeout(PATIENCE).build());
    }

    private static BareActivities local() {
        return Workflow.newLocalActivityStub(
                BareActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(PATIENCE)
                        .build());
    }
}
