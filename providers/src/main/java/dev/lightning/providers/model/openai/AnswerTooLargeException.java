package dev.lightning.providers.model.openai;

import java.io.IOException;

/** The service sent more than any answer has; it is not read to the end. */
final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    AnswerTooLargeException(long limit) {
        super("more than " + limit + " bytes");
    }
}
