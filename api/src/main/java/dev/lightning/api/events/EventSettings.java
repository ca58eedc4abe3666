package dev.lightning.api.events;

import org.jspecify.annotations.Nullable;

/**
 * How the events edge behaves.
 *
 * @param ratePerSecond how many events a user may post a second in the long run ({@code EVENTS_RATE_PER_SECOND})
 * @param rateBurst how many at once ({@code EVENTS_RATE_BURST}), twice the rate unless set, never less than a full batch
 * @param modelQueue the task queue of model calls ({@code LLM_QUEUE}), null for the workflow's own
 * @param temporalUi where people reach the Temporal Web UI ({@code TEMPORAL_UI_ADDRESS}), null for no links into it
 */
public record EventSettings(
        @Nullable Integer ratePerSecond,
        @Nullable Integer rateBurst,
        @Nullable String modelQueue,
        @Nullable String temporalUi) {
    private static final int DEFAULT_RATE = 200;
    private static final int MAX_RATE = 1_000_000;

    public EventSettings {
        ratePerSecond = ratePerSecond == null ? DEFAULT_RATE : ratePerSecond;
        require(ratePerSecond >= 1 && ratePerSecond <= MAX_RATE, "EVENTS_RATE_PER_SECOND must be 1 to 1000000");
        rateBurst = rateBurst == null ? Math.max(2 * ratePerSecond, EventBatch.MAX_ITEMS) : rateBurst;
        require(
                rateBurst >= EventBatch.MAX_ITEMS && rateBurst <= 2 * MAX_RATE,
                "EVENTS_RATE_BURST must be 100 to 2000000");
        modelQueue = blankToNull(modelQueue);
        temporalUi = blankToNull(temporalUi);
        require(
                temporalUi == null || temporalUi.matches("https?://[^\\s?#]+"),
                "TEMPORAL_UI_ADDRESS must be a web address");
    }

    /** The same with links into this Temporal Web UI. */
    public EventSettings withTemporalUi(@Nullable String address) {
        return new EventSettings(ratePerSecond, rateBurst, modelQueue, address);
    }

    public int rate() {
        return ratePerSecond == null ? DEFAULT_RATE : ratePerSecond;
    }

    public int burst() {
        return rateBurst == null ? 2 * rate() : rateBurst;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
