package dev.lightning.api.events;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.OverloadSettings;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A delay and a clock that stand where a test puts them. */
final class TestDelay {
    private Duration delay = Duration.ZERO;
    private long nanos;

    Admission admission() {
        return new Admission(
                new OverloadSettings(Duration.ofSeconds(2), null),
                () -> delay,
                Duration.ofMinutes(1),
                () -> nanos,
                new Random(7));
    }

    /** From the next second on work waits this long. */
    void becomes(Duration now) {
        delay = now;
        nanos += TimeUnit.SECONDS.toNanos(1);
    }
}
