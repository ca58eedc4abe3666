package dev.lightning.workflows.tools;

import dev.lightning.workflows.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One look; an engine that is away is looked at again the next time. */
public final class SweepWorkflowImpl implements SweepWorkflow {
    private final SweepActivities activities = Workflow.newActivityStub(
            SweepActivities.class,
            ActivityOptions.newBuilder()
                    .setTaskQueue(TaskQueues.TOOLS)
                    .setStartToCloseTimeout(Duration.ofMinutes(5))
                    .setScheduleToCloseTimeout(Duration.ofMinutes(10))
                    .setHeartbeatTimeout(ToolRunPolicy.HEARTBEAT)
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(3).build())
                    .build());

    @Override
    public SweepReport sweep() {
        return activities.sweep();
    }
}
