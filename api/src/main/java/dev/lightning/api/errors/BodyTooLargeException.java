package dev.lightning.api.errors;

import java.io.IOException;

/** Stops the reading of a body that turned out to be larger than it may be. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    BodyTooLargeException() {
        super("The body is larger than " + BodyLimitFilter.MAX_BYTES + " bytes");
    }
}
