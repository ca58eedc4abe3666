package dev.lightning.api.events;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowNotFoundException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bounds how long the edge waits for Temporal, retries included, and says what a failed call means. */
final class TemporalCalls {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());

    private TemporalCalls() {}

    /** Calls Temporal; whatever retries the client makes end with the limit. */
    static <T> T within(Duration limit, Supplier<T> call) {
        try (Context.CancellableContext context =
                Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, TIMER)) {
            Context before = context.attach();
            try {
                return call.get();
            } finally {
                context.detach(before);
            }
        }
    }

    /** Whether Temporal answered that it has no such workflow. */
    static boolean isNotFound(RuntimeException failure) {
        return failure instanceof WorkflowNotFoundException || code(failure) == Status.Code.NOT_FOUND;
    }

    /** Whether Temporal certainly did not do what it was asked: it said so, or it could not even be connected to. */
    static boolean isRefused(RuntimeException failure) {
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

    /** The gRPC status and no more: messages of Temporal can repeat what it was sent. */
    static String inWords(RuntimeException failure) {
        return code(failure).name();
    }

    private static Status.Code code(RuntimeException failure) {
        StatusRuntimeException said = find(failure, StatusRuntimeException.class);
        return said == null ? Status.Code.UNKNOWN : said.getStatus().getCode();
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
