package dev.lightning.app.settings;

/** A reason not to start that the person at the keyboard can act on; shown as one line, without a stack trace. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
