package dev.lightning.api.admission;

import dev.lightning.api.admission.Outstanding.EventKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Decides whether one more event is taken. Always, until accepted work waits too long; then every user who is there gets
 * the same share of a window of outstanding events, so that who posts little notices nothing of who posts much.
 */
public final class Admission {
    private static final long LOOK = TimeUnit.SECONDS.toNanos(1);
    private static final long PRESENT = TimeUnit.SECONDS.toNanos(5);

    /** While everybody else is over their share, more than this many windows in all are nobody's. */
    private static final int HARD_LIMIT = 4;

    /** A start is one of several steps of an event, so it tells of overload sooner than the whole. */
    private static final int STARTS_IN_A_DELAY = 2;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Delay delay;
    private final Outstanding outstanding;
    private final Window window;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Map<String, Long> lastSeen = new LinkedHashMap<>(16, 0.75f, true);
    private long lastLook;
    private boolean refusedSinceLook;
    private long admitted;
    private long refusedForShare;
    private long refusedForAll;
    private long startNanos;
    private int starts;

    /**
     * Takes what it measures by.
     *
     * @param remember how long an accepted event counts unless it is heard to have ended
     * @param nanoTime as {@link System#nanoTime}
     */
    public Admission(
            OverloadSettings settings, Delay delay, Duration remember, LongSupplier nanoTime, RandomGenerator random) {
        this.delay = delay;
        this.outstanding = new Outstanding(remember);
        this.window = new Window(settings.longestDelay());
        this.nanoTime = nanoTime;
        this.random = random;
        this.lastLook = nanoTime.getAsLong() - LOOK;
    }

    /**
     * What an operator may want to know.
     *
     * @param window how many events may be outstanding in all; empty while that is not limited
     */
    public record Figures(
            boolean overloaded,
            Optional<Integer> window,
            int outstanding,
            Duration delay,
            long admitted,
            long refusedForShare,
            long refusedForAll) {}

    /** Lets this event pass and counts it from now on, or says after how long to try again. */
    public synchronized Optional<Duration> ask(String ownerKey, String eventId, Urgency urgency) {
        long now = nanoTime.getAsLong();
        look(now);
        see(ownerKey, now);
        EventKey event = new EventKey(ownerKey, eventId);
        if (!outstanding.has(event) && window.isOverloaded() && !hasRoom(ownerKey, urgency)) {
            refusedSinceLook = true;
            return Optional.of(pause());
        }
        outstanding.add(event, now);
        admitted++;
        return Optional.empty();
    }

    /** The event has ended, or was not accepted after all. */
    public synchronized void forget(String ownerKey, String eventId) {
        outstanding.remove(new EventKey(ownerKey, eventId));
    }

    /** A start took this long, answered or not. */
    public synchronized void started(Duration took) {
        startNanos += took.toNanos();
        starts++;
    }

    /** How things stand. */
    public synchronized Figures figures() {
        look(nanoTime.getAsLong());
        boolean limited = window.isOverloaded();
        return new Figures(
                limited,
                limited ? Optional.of(window.size()) : Optional.empty(),
                outstanding.total(),
                delay.now(),
                admitted,
                refusedForShare,
                refusedForAll);
    }

    private void look(long now) {
        if (now - lastLook < LOOK) {
            return;
        }
        lastLook = now;
        outstanding.forgetOld(now);
        lastSeen.values().removeIf(seen -> now - seen > PRESENT);
        Duration waits = delay.now();
        Duration startWaits = starts == 0
                ? Duration.ZERO
                : Duration.ofNanos(startNanos / starts).multipliedBy(STARTS_IN_A_DELAY);
        window.look(waits.compareTo(startWaits) >= 0 ? waits : startWaits, outstanding.total(), refusedSinceLook);
        starts = 0;
        startNanos = 0;
        refusedSinceLook = false;
    }

    private void see(String ownerKey, long now) {
        lastSeen.put(ownerKey, now);
    }

    private boolean hasRoom(String ownerKey, Urgency urgency) {
        if (outstanding.total() >= HARD_LIMIT * window.size()) {
            refusedForAll++;
            return false;
        }
        int users = Math.max(1, Math.max(lastSeen.size(), outstanding.owners()));
        int share = Math.max(1, window.size() / users);
        int own = urgency == Urgency.BATCH ? Math.max(1, share / 2) : share;
        if (outstanding.of(ownerKey) >= own) {
            refusedForShare++;
            return false;
        }
        return true;
    }

    /** About as long as work waits, and not the same for all, so that they do not come back together. */
    private Duration pause() {
        Duration waits = delay.now();
        Duration base = waits.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : waits;
        long jittered = random.nextLong(base.toMillis() / 2, base.toMillis() * 3 / 2);
        return Duration.ofMillis(Math.min(jittered, LONGEST_PAUSE.toMillis()));
    }
}
