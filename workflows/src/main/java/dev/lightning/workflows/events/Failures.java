package dev.lightning.workflows.events;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.worker.NonDeterministicException;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Reads what Temporal says of a failed activity as an event's reason and attempts. */
public final class Failures {
    static final Reason DEFECT =
            new Reason("internal", "A defect in the platform ended this; the operator's log says more");

    private static final Logger log = Workflow.getLogger(Failures.class);

    private Failures() {}

    /**
     * What a bug in our own code tells the user. A replay that does not fit its history is thrown on instead: it keeps
     * the run open, so that it resumes after the fix.
     */
    public static Reason ofDefect(Throwable defect) {
        if (defect instanceof NonDeterministicException nonDeterminism) {
            throw nonDeterminism;
        }
        log.error("event=workflow.defect workflow={}", Workflow.getInfo().getWorkflowId(), defect);
        return DEFECT;
    }

    /** Whether this failure only says that somebody cancelled the event. */
    public static boolean isCancellation(TemporalFailure failure) {
        return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
    }

    /** Which limit a failed activity ran into, null when it failed by itself. */
    public static @Nullable TimeoutType timeout(ActivityFailure failure) {
        return failure.getCause() instanceof TimeoutFailure timeout ? timeout.getTimeoutType() : null;
    }

    /** What the failure tells the user. */
    public static Reason reason(TemporalFailure failure) {
        ApplicationFailure said = application(failure);
        boolean timedOut = failure.getCause() instanceof TimeoutFailure || failure instanceof TimeoutFailure;
        if (said == null) {
            return timedOut
                    ? new Reason("timeout", "The step did not finish within its limit")
                    : new Reason("internal", "The step failed for a reason that only the operator's log has");
        }
        return timedOut
                ? new Reason(
                        "timeout", "The step did not succeed within its limit; at last: " + said.getOriginalMessage())
                : new Reason(said.getType(), said.getOriginalMessage());
    }

    /**
     * The attempts behind a failed activity, as the activity itself noted them in the failure's details. A cancellation
     * is nobody's error, so it leaves none.
     */
    public static Attempts attempts(TemporalFailure failure) {
        ApplicationFailure said = application(failure);
        if (said == null) {
            return isCancellation(failure)
                    ? Attempts.FIRST
                    : new Attempts(1, reason(failure).message());
        }
        Integer attempt = said.getDetails().getSize() > 0 ? said.getDetails().get(Integer.class) : null;
        return new Attempts(attempt == null ? 1 : attempt, said.getOriginalMessage());
    }

    private static @Nullable ApplicationFailure application(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure said) {
                return said;
            }
        }
        return null;
    }
}
