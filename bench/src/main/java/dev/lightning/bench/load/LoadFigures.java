package dev.lightning.bench.load;

/**
 * What a load came to.
 *
 * @param refused events that were not accepted, for whatever reason
 * @param politely those of them that were told with a 429 when to come again
 * @param refusal what the first of them was told
 * @param lost accepted events that nobody was notified of
 * @param doubled notifications that had come before
 * @param seconds from the first intended post to the last notification
 */
public record LoadFigures(
        int events,
        int refused,
        int politely,
        String refusal,
        int lost,
        int doubled,
        double seconds,
        double eventsPerSecond,
        Percentiles acceptMillis,
        Percentiles endToEndMillis) {

    /** Whether every event was accepted and came back exactly once. */
    public boolean complete() {
        return refused == 0 && lost == 0 && doubled == 0;
    }
}
