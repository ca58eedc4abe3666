package dev.lightning.api.admission;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many events may be outstanding. There is no limit until work waits longer than it may; then additive increase and
 * multiplicative decrease find the one that keeps the wait short, as TCP finds a link's.
 */
final class Window {
    /** Enough to keep the processors of a small machine busy, whatever the events wait for. */
    static final int SMALLEST = 64;

    private static final Logger log = LoggerFactory.getLogger(Window.class);
    private static final double FIRST_CUT = 0.5;
    private static final double CUT = 0.8;
    private static final double GROWTH = 1.1;
    private static final int CALM_LOOKS = 5;

    private final Duration longest;
    private int size;
    private int calmLooks;
    private boolean overloaded;
    private boolean said;

    Window(Duration longest) {
        this.longest = longest;
    }

    /**
     * Adapts itself; called about once a second.
     *
     * @param refused whether somebody was turned away since the last look, so that more could have been outstanding
     */
    void look(Duration delay, int outstanding, boolean refused) {
        if (longest.isZero()) {
            return;
        }
        boolean slow = delay.compareTo(longest) > 0;
        boolean quick = delay.compareTo(longest.dividedBy(2)) <= 0;
        if (!overloaded) {
            if (slow) {
                overloaded = true;
                calmLooks = 0;
                said = false;
                size = Math.max(SMALLEST, (int) (outstanding * FIRST_CUT));
                sayOnce(delay, outstanding, refused);
            }
            return;
        }
        sayOnce(delay, outstanding, refused);
        if (slow) {
            size = Math.max(SMALLEST, (int) (size * CUT));
        } else if (quick && refused) {
            size = (int) Math.ceil(size * GROWTH);
        }
        calmLooks = quick && !refused ? calmLooks + 1 : 0;
        if (calmLooks >= CALM_LOOKS) {
            overloaded = false;
            if (said) {
                log.info("event=overload.left delayMillis={} outstanding={}", delay.toMillis(), outstanding);
            }
        }
    }

    /** A limit that meets nobody, as after a restart, is nothing that an operator has to hear. */
    private void sayOnce(Duration delay, int outstanding, boolean refused) {
        if (said || (outstanding == 0 && !refused)) {
            return;
        }
        said = true;
        log.warn("event=overload.entered delayMillis={} outstanding={} window={}", delay.toMillis(), outstanding, size);
    }

    boolean isOverloaded() {
        return overloaded;
    }

    /** Means something only while overloaded. */
    int size() {
        return size;
    }
}
