package dev.lightning.providers.runtime.azure;

import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the Resource Manager did not do, told by what is to be done about it; its message is one sentence for people. */
public final class ArmRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is to be done. */
    public enum Kind {
        /** Nothing of that name is there. */
        MISSING,
        /** Too many requests: wait. */
        THROTTLED,
        /** Something else is being done with it, such as deleting it: wait. */
        BUSY,
        /** Azure has none just now: try another location or size, else wait. */
        CAPACITY,
        /** The subscription may have no more: try another location or size, else wait and let people ask for more. */
        QUOTA,
        /** What people have to set right outside of the run: roles, registrations, settings. */
        SETUP,
        /** The run itself asks for what cannot be. */
        REJECTED,
        /** It cannot be reached or has failed: wait. */
        AWAY,
        /** There was no answer, so that it may have been done, or be done yet: look before it is asked for again. */
        UNHEARD
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    ArmRefusal(Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether another location or size may do. */
    public boolean isBetterElsewhere() {
        return switch (kind) {
            case CAPACITY, QUOTA -> true;
            case MISSING, THROTTLED, BUSY, SETUP, REJECTED, AWAY, UNHEARD -> false;
        };
    }

    /** The same in the terms of the port. */
    public RuntimeException told() {
        return switch (kind) {
            case REJECTED -> new RunRejectedException(String.valueOf(getMessage()), this);
            case MISSING, THROTTLED, BUSY, CAPACITY, QUOTA, SETUP, AWAY, UNHEARD ->
                new RuntimeUnavailableException(String.valueOf(getMessage()), this, retryAfter);
        };
    }
}
