package dev.lightning.api.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.StatusUtils;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Says what a failed call to Temporal means, by the gRPC status behind whatever the client threw. */
public final class TemporalFailures {
    private static final int DEEPEST = 20;

    private TemporalFailures() {}

    /** Whether Temporal could not be used, and not because of what it was asked, so that the same may succeed later. */
    public static boolean isAway(Throwable failure) {
        return switch (code(failure)) {
            case UNAVAILABLE,
                    DEADLINE_EXCEEDED,
                    RESOURCE_EXHAUSTED,
                    CANCELLED,
                    ABORTED,
                    INTERNAL,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED -> true;
            case NOT_FOUND -> isUnready(failure);
            case UNKNOWN -> find(failure, StatusRuntimeException.class) != null;
            case OK, INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED, DATA_LOSS ->
                false;
        };
    }

    /** Whether Temporal answered that it has no such thing. */
    public static boolean isNotFound(Throwable failure) {
        return !isUnready(failure)
                && (find(failure, WorkflowNotFoundException.class) != null || code(failure) == Status.Code.NOT_FOUND);
    }

    /** Whether Temporal certainly did not do what it was asked: it said so, or it could not even be connected to. */
    public static boolean isRefused(Throwable failure) {
        return switch (code(failure)) {
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    PERMISSION_DENIED,
                    UNAUTHENTICATED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED -> true;
            case UNAVAILABLE ->
                find(failure, ConnectException.class) != null
                        || find(failure, UnresolvedAddressException.class) != null;
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ALREADY_EXISTS, ABORTED, INTERNAL, DATA_LOSS -> false;
        };
    }

    /** The status, {@code UNKNOWN} where there is none; a patience that ended counts as {@code DEADLINE_EXCEEDED}. */
    public static Status.Code code(Throwable failure) {
        StatusRuntimeException said = find(failure, StatusRuntimeException.class);
        if (said != null) {
            return said.getStatus().getCode();
        }
        boolean late = find(failure, CancellationException.class) != null
                || find(failure, WorkflowUpdateTimeoutOrCancelledException.class) != null;
        return late ? Status.Code.DEADLINE_EXCEEDED : Status.Code.UNKNOWN;
    }

    /** The status and no more: messages of Temporal can repeat what it was sent. */
    public static String inWords(Throwable failure) {
        return code(failure).name();
    }

    /** What Temporal said is wrong with the request, null where it said nothing. */
    public static @Nullable String description(Throwable failure) {
        StatusRuntimeException said = find(failure, StatusRuntimeException.class);
        return said == null ? null : said.getStatus().getDescription();
    }

    /** A server that has just begun does not know its namespace yet, which says nothing of what is in it. */
    private static boolean isUnready(Throwable failure) {
        StatusRuntimeException said = find(failure, StatusRuntimeException.class);
        return said != null && StatusUtils.hasFailure(said, NamespaceNotFoundFailure.class);
    }

    /** What the last failed attempt of an activity said, null when none has failed. */
    public static @Nullable String lastError(PendingActivityInfo activity, DataConverter converter) {
        if (!activity.hasLastFailure()) {
            return null;
        }
        RuntimeException failure = converter.failureToException(activity.getLastFailure());
        return failure instanceof ApplicationFailure said ? said.getOriginalMessage() : failure.getMessage();
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
