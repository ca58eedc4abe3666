package dev.lightning.api.schedules;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds what a request waits for Temporal, and digs the gRPC status out of the SDK's exceptions. */
final class TemporalCalls {
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());

    private TemporalCalls() {}

    /** Makes the call; whatever the SDK throws comes out as it is, at the latest when the patience ends. */
    static <T> T within(Duration patience, Supplier<T> call) {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS, DEADLINES);
        Context before = context.attach();
        try {
            return call.get();
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }

    /** The status behind an exception of the SDK; running out of patience counts as one. */
    static Optional<StatusRuntimeException> status(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return Optional.of(status);
            }
            if (cause instanceof CancellationException) {
                return Optional.of(Status.DEADLINE_EXCEEDED.withCause(cause).asRuntimeException());
            }
        }
        return Optional.empty();
    }
}
