package dev.lightning.workflows.chat;

import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventSubmission;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

    private ChatPolicy() {}

    /** The model as the workflow of this event asks it. */
    static ChatActivities model(Event event, EventSubmission submission) {
        return Workflow.newActivityStub(
                ChatActivities.class,
                options(submission.modelQueue(), event.metadata().text("model")));
    }

    private static ActivityOptions options(@Nullable String modelQueue, @Nullable String summary) {
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(CALL)
                .setScheduleToCloseTimeout(OVERALL)
                .setHeartbeatTimeout(HEARTBEAT)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofMinutes(1))
                        .build())
                .setSummary(summary == null ? "default model" : summary);
        return modelQueue == null || modelQueue.equals(TaskQueues.EVENTS)
                ? options.build()
                : options.setTaskQueue(modelQueue).build();
    }
}
