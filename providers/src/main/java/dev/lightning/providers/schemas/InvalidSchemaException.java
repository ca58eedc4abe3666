package dev.lightning.providers.schemas;

/** A text that is no schema of arguments; the message says to its author why. */
public final class InvalidSchemaException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidSchemaException(String message) {
        super(message);
    }
}
