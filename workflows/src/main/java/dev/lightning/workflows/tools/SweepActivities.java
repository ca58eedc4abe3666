package dev.lightning.workflows.tools;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks at everything provisioned, in every state; may be repeated without harm. */
@ActivityInterface
public interface SweepActivities {
    @ActivityMethod(name = "ToolRun.Sweep")
    SweepReport sweep();
}
