package dev.lightning.providers.runtime;

import org.jspecify.annotations.Nullable;

/** The runtime cannot be used right now; its message is one sentence for people and names the way out. */
public final class RuntimeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RuntimeUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
