package dev.lightning.workflows.tools;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition, but not for ever; no timer is left behind that would wake the workflow again for nothing. */
final class Patience {
    private Patience() {}

    /** Whether the condition came true in time. */
    static boolean await(Duration atMost, BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return true;
        }
        CompletablePromise<Boolean> over = Workflow.newPromise();
        CancellationScope timer = Workflow.newCancellationScope(
                () -> Workflow.newTimer(atMost).handle((fired, cancelled) -> over.complete(true)));
        timer.run();
        Workflow.await(() -> over.isCompleted() || condition.getAsBoolean());
        if (!over.isCompleted()) {
            timer.cancel();
        }
        return condition.getAsBoolean();
    }
}
