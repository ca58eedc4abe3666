package dev.lightning.providers.runtime.aci;

import java.time.Duration;

/**
 * How often is looked.
 *
 * @param coming for what is being made
 * @param going for what is being deleted
 * @param end for the end of a run
 * @param sighting how long a group that was seen is taken to be there still
 * @param goodbye how long a program that is ended has to hand over what it said last
 */
record Pace(Duration coming, Duration going, Duration end, Duration sighting, Duration goodbye) {
    static final Pace USUAL = new Pace(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20));
}
