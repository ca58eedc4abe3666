package dev.lightning.providers.runtime;

import org.jspecify.annotations.Nullable;

/** The run cannot work as it was asked for; its message is one sentence for people. */
public final class RunRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RunRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
