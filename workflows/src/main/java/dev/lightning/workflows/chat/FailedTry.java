package dev.lightning.workflows.chat;

import org.jspecify.annotations.Nullable;

/**
 * A model call that failed for a reason that may pass.
 *
 * @param kind what is to be done about it
 * @param message in words that a user may read
 * @param pauseMillis how long the model's service wants to be left alone, null when it did not say
 */
public record FailedTry(
        ChatFailure kind, String message, @Nullable Long pauseMillis) {}
