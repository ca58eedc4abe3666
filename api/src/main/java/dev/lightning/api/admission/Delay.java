package dev.lightning.api.admission;

import java.time.Duration;

/** How long accepted work waits at the moment before somebody goes on with it: what shows overload before anything breaks. */
@FunctionalInterface
public interface Delay {
    /** Answers at once, from what was measured a moment ago; zero when nothing waits. */
    Duration now();
}
