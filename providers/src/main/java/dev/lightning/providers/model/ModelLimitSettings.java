package dev.lightning.providers.model;

import org.jspecify.annotations.Nullable;

/**
 * How much a process asks of the model, whatever its queue holds.
 *
 * @param maxConcurrent how many calls at once ({@code LLM_MAX_CONCURRENT}), {@value #DEFAULT_CONCURRENT} unless set
 * @param ratePerSecond how many calls a second in the long run ({@code LLM_RATE_PER_SECOND}); 0, the default, is unlimited
 */
public record ModelLimitSettings(
        @Nullable Integer maxConcurrent, @Nullable Double ratePerSecond) {
    private static final int DEFAULT_CONCURRENT = 32;
    private static final int MOST_CONCURRENT = 10_000;
    private static final double HIGHEST_RATE = 1_000_000;

    public ModelLimitSettings {
        maxConcurrent = maxConcurrent == null ? DEFAULT_CONCURRENT : maxConcurrent;
        ratePerSecond = ratePerSecond == null ? 0 : ratePerSecond;
        require(
                maxConcurrent >= 1 && maxConcurrent <= MOST_CONCURRENT,
                "LLM_MAX_CONCURRENT must be 1 to " + MOST_CONCURRENT);
        require(
                ratePerSecond >= 0 && ratePerSecond <= HIGHEST_RATE,
                "LLM_RATE_PER_SECOND must be 0 (unlimited) to 1000000");
    }

    /** The same without a rate, for where the queue itself has one. */
    public ModelLimitSettings withoutRate() {
        return new ModelLimitSettings(maxConcurrent, null);
    }

    int concurrent() {
        return maxConcurrent == null ? DEFAULT_CONCURRENT : maxConcurrent;
    }

    double rate() {
        return ratePerSecond == null ? 0 : ratePerSecond;
    }

    private static void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw new IllegalArgumentException(message);
        }
    }
}
