package dev.lightning.api.schedules;

import java.time.Duration;
import java.time.Instant;

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
     * @param timeZone an IANA name
     */
    record Cron(String expression, String temporal, String timeZone, Overlap overlap, Duration catchUpWindow)
            implements Timing {
        @Override
        public String canonical() {
            return String.join("\n", "cron", temporal, timeZone, overlap.name(), catchUpWindow.toString());
        }
    }
}
