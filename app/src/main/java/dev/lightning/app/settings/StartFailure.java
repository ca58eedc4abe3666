package dev.lightning.app.settings;

/** A reason not to start that the person at the keyboard can act on; shown without a stack trace, as one line or one for each thing to do. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
