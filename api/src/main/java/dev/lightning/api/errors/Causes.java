package dev.lightning.api.errors;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through wrappers for what really went wrong. */
final class Causes {
    private static final int DEEPEST = 20;

    private Causes() {}

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What went wrong as the types of the exceptions alone, because their messages may name paths or hosts. */
    static String names(Throwable failure) {
        return chain(failure).map(cause -> cause.getClass().getSimpleName()).collect(Collectors.joining("/"));
    }

    private static Stream<Throwable> chain(@Nullable Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause == null ? null : cause.getCause())
                .takeWhile(cause -> cause != null)
                .limit(DEEPEST)
                .map(cause -> cause);
    }
}
