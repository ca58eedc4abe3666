package dev.lightning.bench.growth;

import dev.lightning.bench.load.Percentiles;

/**
 * What one look at the product found.
 *
 * @param finished events that had ended by then
 * @param sleeping one-shots that were waiting
 * @param crons schedules that there were
 * @param scheduledPerSecond how fast those were made, 0 where none were
 * @param trouble what was refused, lost or doubled, empty when nothing was
 */
record Look(
        int finished,
        int sleeping,
        int crons,
        double scheduledPerSecond,
        double eventsPerSecond,
        Percentiles acceptMillis,
        Percentiles endToEndMillis,
        Percentiles listMillis,
        Percentiles oneShotMillis,
        Percentiles cronMillis,
        double productMB,
        double temporalMB,
        double diskMB,
        String trouble) {}
