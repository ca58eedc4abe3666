package dev.lightning.activities.tools;

import dev.lightning.workflows.tools.ToolRunPolicy;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives signs of life while work that cannot do so itself goes on, and calls it off when the activity is over. */
final class Pulse {
    private static final long PAUSE_MILLIS = ToolRunPolicy.HEARTBEAT.toMillis() / 4;

    private Pulse() {}

    /** Does the work on a thread of its own; what it throws comes out as it is. */
    static <T> T during(ActivityExecutionContext context, String progress, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("tool-step").start(task);
        boolean heard = true;
        try {
            while (true) {
                try {
                    return task.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException underWay) {
                    heard = heard && isHeard(context, progress);
                }
            }
        } catch (ActivityCompletionException over) {
            callOff(task);
            throw over;
        } catch (InterruptedException stopping) {
            callOff(task);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker was stopped");
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case RuntimeException known -> known;
                case IOException trouble -> new UncheckedIOException(trouble);
                case null, default -> new IllegalStateException(failure.getCause());
            };
        }
    }

    /** False once the worker is stopping, which gives running work time to end. */
    private static boolean isHeard(ActivityExecutionContext context, String progress) {
        try {
            context.heartbeat(progress);
            return true;
        } catch (ActivityCanceledException cancelled) {
            throw cancelled;
        } catch (ActivityWorkerShutdownException stopping) {
            return false;
        }
    }

    private static void callOff(FutureTask<?> task) {
        task.cancel(true);
    }
}
