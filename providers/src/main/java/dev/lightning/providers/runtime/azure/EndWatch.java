package dev.lightning.providers.runtime.azure;

import dev.lightning.providers.runtime.RunStatus;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Looks at a run until it has ended, ever more slowly.
 *
 * @param first the pause after the first look; each is twice as long as the one before
 * @param longest no pause is longer
 */
public record EndWatch(Duration first, Duration longest) {
    /** How the run stands when it has ended, or when this time is over. */
    public RunStatus await(Duration patience, Supplier<RunStatus> look) throws InterruptedException {
        try {
            return lookUntilEnd(System.nanoTime() + patience.toNanos(), look);
        } catch (RuntimeUnavailableException away) {
            Interruption.check(away);
            throw away;
        }
    }

    private RunStatus lookUntilEnd(long until, Supplier<RunStatus> look) throws InterruptedException {
        Duration pause = first;
        RunStatus status = look.get();
        while (status.isOpen() && System.nanoTime() < until) {
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis() + 1;
            Thread.sleep(Math.min(pause.toMillis(), left));
            Duration next = pause.multipliedBy(2);
            pause = next.compareTo(longest) > 0 ? longest : next;
            status = look.get();
        }
        return status;
    }
}
