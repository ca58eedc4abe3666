package dev.lightning.api.errors;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through wrappers for what really went wrong. */
final class Causes {
    private static final int DEEPEST = 20;

    private Causes() {}

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Whether Temporal was away, too slow or too busy, so that the same request may well succeed later. */
    static boolean temporalIsAway(Throwable failure) {
        return find(failure, StatusRuntimeException.class)
                .map(status -> status.getStatus().getCode())
                .filter(Causes::passes)
                .isPresent();
    }

    private static boolean passes(Status.Code code) {
        return code == Status.Code.UNAVAILABLE
                || code == Status.Code.DEADLINE_EXCEEDED
                || code == Status.Code.RESOURCE_EXHAUSTED;
    }

    private static Stream<Throwable> chain(@Nullable Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause == null ? null : cause.getCause())
                .takeWhile(cause -> cause != null)
                .limit(DEEPEST)
                .map(cause -> cause);
    }
}
