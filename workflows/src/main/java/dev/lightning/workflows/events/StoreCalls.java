package dev.lightning.workflows.events;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the store from a workflow: locally first, which costs next to no history, and through the server where that
 * fails, which outlasts any outage.
 *
 * @param <A> activities that are quick and may be repeated without harm
 */
public final class StoreCalls<A> {
    private static final LocalActivityOptions AT_ONCE = LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(5))
            .setScheduleToCloseTimeout(Duration.ofSeconds(10))
            .setRetryOptions(RetryOptions.newBuilder()
                    .setMaximumAttempts(2)
                    .setInitialInterval(Duration.ofMillis(200))
                    .build())
            .setDoNotIncludeArgumentsIntoMarker(true)
            .setSummary("store")
            .build();

    private static final ActivityOptions EVENTUALLY = ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setScheduleToCloseTimeout(Duration.ofDays(7))
            .setRetryOptions(RetryOptions.newBuilder()
                    .setMaximumInterval(Duration.ofMinutes(1))
                    .build())
            .setSummary("store")
            .build();

    private final A atOnce;
    private final A eventually;

    public StoreCalls(Class<A> activities) {
        atOnce = Workflow.newLocalActivityStub(activities, AT_ONCE);
        eventually = Workflow.newActivityStub(activities, EVENTUALLY);
    }

    public <T> T ask(Function<A, T> question) {
        try {
            return question.apply(atOnce);
        } catch (ActivityFailure failure) {
            if (Failures.isCancellation(failure) && CancellationScope.current().isCancelRequested()) {
                throw failure;
            }
            return question.apply(eventually);
        }
    }

    public void tell(Consumer<A> writing) {
        boolean _ = ask(activities -> {
            writing.accept(activities);
            return true;
        });
    }
}
