package dev.lightning.providers.model;

import java.time.Duration;

/** What came of asking a model. Messages never show the key. */
public sealed interface ModelResult {
    /**
     * It answered.
     *
     * @param model the name of the model that answered
     * @param demo whether the built-in demo model answered because no real one is configured
     */
    record Replied(String text, String model, String finishReason, Usage usage, boolean demo) implements ModelResult {}

    /** It asks for a pause. */
    record Throttled(Duration retryAfter, String why) implements ModelResult {}

    /** It is away, too slow, or what it said is no answer; trying again may help. */
    record Unavailable(String why) implements ModelResult {}

    /** It will not do this; trying again cannot help. */
    record Rejected(String why) implements ModelResult {}

    /** Tokens, as the model counted them. */
    record Usage(long promptTokens, long completionTokens, long totalTokens) {}
}
