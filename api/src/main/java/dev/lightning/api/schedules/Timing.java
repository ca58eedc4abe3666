package dev.lightning.api.schedules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.stream.Stream;

/** When a schedule's event is to happen. */
sealed interface Timing {
    /** The timing as text, the same for the same timing, for telling a repeat from another schedule. */
    String canonical();

    /** Once, at this time. */
    record Once(Instant due) implements Timing {
        @Override
        public String canonical() {
            return "once " + due;
        }
    }

    /**
     * Again and again.
     *
     * @param expression the cron expression as the client wrote it
     * @param temporal the same as Temporal understands it
     * @param everyHour whether it names the same minutes of every hour
     * @param timeZone an IANA name
     */
    record Cron(
            String expression,
            String temporal,
            boolean everyHour,
            String timeZone,
            Overlap overlap,
            Duration catchUpWindow)
            implements Timing {
        /**
         * The zone to reckon in: for what happens every hour UTC, where that is the same but for the hour that clocks
         * repeat in autumn, half of which Temporal leaves out east of Greenwich.
         */
        String reckoningZone() {
            return everyHour && isWholeHours(ZoneId.of(timeZone).getRules()) ? "UTC" : timeZone;
        }

        private static boolean isWholeHours(ZoneRules rules) {
            Instant anyTime = Instant.parse("2026-01-01T00:00:00Z");
            return Stream.concat(
                            Stream.of(rules.getOffset(anyTime)),
                            rules.getTransitionRules().stream()
                                    .flatMap(rule -> Stream.of(rule.getOffsetBefore(), rule.getOffsetAfter())))
                    .allMatch(offset -> offset.getTotalSeconds() % 3600 == 0);
        }

        @Override
        public String canonical() {
            return String.join("\n", "cron", temporal, timeZone, overlap.name(), catchUpWindow.toString());
        }
    }
}
