package dev.lightning.providers.schemas;

/** A text that is no schema of arguments; the message says to its author why. */
public final class InvalidSchemaException extends Exception {
    private static final long serialVersionUID = 1;

    private final String words;

    InvalidSchemaException(String words) {
        super(words);
        this.words = words;
    }

    /** The message, to go behind the name of the field. */
    public String inWords() {
        return words;
    }
}
