package dev.lightning.providers.model;

/** A language model, whoever hosts it. Implementations never retry: Temporal does, and its retries survive a crash. */
public interface ChatModel {
    /** Blocks until the model has answered or failed; an interrupt ends the call early as {@link ModelResult.Unavailable}. */
    ModelResult complete(ModelRequest request);
}
