package dev.lightning.providers.model;

import java.time.Duration;
import java.util.List;

/** What came of asking a model. Messages never show the key. */
public sealed interface ModelResult {
    /**
     * It answered.
     *
     * @param model the name of the model that answered
     * @param text empty when it only asks for tools
     * @param demo whether the built-in demo model answered because no real one is configured
     * @param calls the tools that it asks for, empty when it is done
     */
    record Replied(String text, String model, String finishReason, Usage usage, boolean demo, List<ModelToolCall> calls)
            implements ModelResult {
        public Replied {
            calls = List.copyOf(calls);
        }

        public Replied(String text, String model, String finishReason, Usage usage, boolean demo) {
            this(text, model, finishReason, usage, demo, List.of());
        }
    }

    /** It asks for a pause. */
    record Throttled(Duration retryAfter, String why) implements ModelResult {}

    /** It is away, too slow, or what it said is no answer; trying again may help. */
    record Unavailable(String why) implements ModelResult {}

    /** It will not do this; trying again cannot help. */
    record Rejected(String why) implements ModelResult {}

    /** Tokens, as the model counted them. */
    record Usage(long promptTokens, long completionTokens, long totalTokens) {}
}
