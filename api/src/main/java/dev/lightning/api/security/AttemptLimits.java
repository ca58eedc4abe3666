package dev.lightning.api.security;

import dev.lightning.api.errors.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/** Slows down guessing: so many attempts of a client address, so many failures of a user name, a minute each. */
public final class AttemptLimits {
    private static final int MOST = 20_000;
    private static final int NETWORK_BYTES = 8;

    private final LimitSettings settings;
    private final TimeMeter time;
    private final BoundedMap<String, Bucket> addresses = new BoundedMap<>(MOST);
    private final BoundedMap<String, Bucket> names = new BoundedMap<>(MOST);

    public AttemptLimits(LimitSettings settings, Clock clock) {
        this.settings = settings;
        this.time = new ClockMeter(clock);
    }

    /** Counts an attempt to register or log in; throws a 429 when the address has made too many. */
    public void attemptFrom(String address) {
        Bucket bucket = bucket(addresses, network(address), settings.ratePerMinute());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Throws a 429 when logins with this name have failed too often, whether there is such a user or not. */
    public void beforeLogin(String userId) {
        EstimationProbe probe = bucket(names, OwnerKeys.builtIn(userId).key(), settings.failuresPerMinute())
                .estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) {
            throw Problem.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Counts a failure; what parallel attempts overdraw has to be waited for. */
    public void failedLogin(String userId) {
        bucket(names, OwnerKeys.builtIn(userId).key(), settings.failuresPerMinute())
                .consumeIgnoringRateLimits(1);
    }

    private Bucket bucket(BoundedMap<String, Bucket> buckets, String key, int perMinute) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    key,
                    _ -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .withCustomTimePrecision(time)
                            .build());
        }
    }

    /** The address, or the network of one customer, within which IPv6 addresses are free to choose. */
    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException notLiteral) {
            return address;
        }
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return Math.multiplyExact(clock.millis(), 1_000_000L);
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
