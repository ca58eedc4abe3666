package dev.lightning.api.temporal;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds how long a request waits for Temporal, whatever retries the client makes. */
public final class TemporalCalls {
    /** How long a caller waits for Temporal to do what it was asked. */
    public static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());

    private TemporalCalls() {}

    /** Makes the call; what the client throws comes out as it is, at the latest when the patience ends. */
    public static <T> T within(Duration patience, Supplier<T> call) {
        try (Context.CancellableContext context =
                Context.current().withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS, DEADLINES)) {
            Context before = context.attach();
            try {
                return call.get();
            } finally {
                context.detach(before);
            }
        }
    }
}
