package dev.lightning.providers.storage;

/** What is stored was written by a newer release, so this one must not touch it; the message is the line to show. */
public final class NewerFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NewerFormatException(String message) {
        super(message);
    }
}
