package dev.lightning.providers.runtime;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runtime cannot be used right now; its message is one sentence for people and names the way out. */
public final class RuntimeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    public RuntimeUnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** A runtime that has said itself how long to leave it alone. */
    public RuntimeUnavailableException(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the runtime asked to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
