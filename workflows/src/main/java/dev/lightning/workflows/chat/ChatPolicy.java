package dev.lightning.workflows.chat;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventSubmission;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How long a model may take and how long an outage of it is sat out. */
public final class ChatPolicy {
    /** One call; the client gives up a little earlier so that its own words reach the history. */
    public static final Duration CALL = Duration.ofMinutes(2);

    /** All attempts together; after this the event fails and can be retried by hand. */
    public static final Duration OVERALL = Duration.ofHours(6);

    /** An attempt whose process died is given up after this, not after {@link #CALL}. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** A model that asks for a longer pause is asked again after this all the same. */
    public static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** How long the answer may take that rides in the workflow's own task; Temporal gives such a task ten seconds. */
    public static final Duration QUICK = Duration.ofSeconds(3);

    /** A slow store may hold the quick answer up for so long. */
    private static final Duration QUICK_AT_MOST = Duration.ofSeconds(6);

    /** A process that has not taken the waiting for its own call up after this is taken for dead. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(10);

    private ChatPolicy() {}

    /** The model as it is asked within the task of a workflow. */
    static ChatActivities quickModel(Event event) {
        return Workflow.newLocalActivityStub(
                ChatActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(QUICK_AT_MOST)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary(summary(event))
                        .build());
    }

    /** The model call that is under way in the process behind this queue. */
    static ChatActivities modelUnderWay(Event event, String queue) {
        return Workflow.newActivityStub(
                ChatActivities.class,
                options(event)
                        .setTaskQueue(queue)
                        .setScheduleToStartTimeout(TAKEN_UP)
                        .build());
    }

    /** The model as the workflow of this event asks it. */
    static ChatActivities model(Event event, EventSubmission submission) {
        String queue = submission.modelQueue();
        ActivityOptions.Builder options = options(event);
        return Workflow.newActivityStub(
                ChatActivities.class,
                queue == null || queue.equals(TaskQueues.EVENTS)
                        ? options.build()
                        : options.setTaskQueue(queue).build());
    }

    private static ActivityOptions.Builder options(Event event) {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(CALL)
                .setScheduleToCloseTimeout(OVERALL)
                .setHeartbeatTimeout(HEARTBEAT)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofMinutes(1))
                        .build())
                .setSummary(summary(event));
    }

    private static String summary(Event event) {
        String model = event.metadata().text("model");
        return model == null ? "default model" : model;
    }
}
