package dev.lightning.workflows.events;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The steps of a chain in the order of their beginning. */
final class StepLog {
    private final List<Step> steps = new ArrayList<>();
    private final Runnable onTurn;

    /** Takes what to do when there is something new to show. */
    StepLog(Runnable onTurn) {
        this.onTurn = onTurn;
    }

    List<Step> all() {
        return steps;
    }

    /** Answers by what the step is known from now on. */
    int begin(String step, Event event) {
        steps.add(Step.started(step, event.id(), Instant.ofEpochMilli(Workflow.currentTimeMillis())));
        onTurn.run();
        return steps.size() - 1;
    }

    void end(int at, StepState state, Attempts attempts) {
        steps.set(at, steps.get(at).ended(state, attempts, Instant.ofEpochMilli(Workflow.currentTimeMillis())));
    }

    void failed(int at, TemporalFailure met) {
        StepState state = Failures.isCancellation(met) ? StepState.CANCELLED : StepState.FAILED;
        end(at, state, Failures.attempts(met));
    }
}
