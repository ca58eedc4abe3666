package dev.lightning.workflows.events;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;

/** Reads what Temporal says of a failed activity as an event's reason and attempts. */
public final class Failures {
    private Failures() {}

    /** Whether this failure only says that somebody cancelled the event. */
    public static boolean isCancellation(TemporalFailure failure) {
        return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
    }

    static Reason reason(TemporalFailure failure) {
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

    /** The attempts behind a failed activity, as the activity itself noted them in the failure's details. */
    public static Attempts attempts(TemporalFailure failure) {
        ApplicationFailure said = application(failure);
        if (said == null) {
            return new Attempts(1, reason(failure).message());
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
