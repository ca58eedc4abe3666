package dev.lightning.azurestandin.arm;

import dev.lightning.azurestandin.faults.Effect;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the script of faults has in store for the work that a request starts.
 *
 * @param slower how much longer it takes
 * @param failure how it ends, unless well
 * @param half whether only a part is deleted
 * @param eviction how long after its success the resource is taken away, if it is
 */
public record Trouble(
        Duration slower,
        @Nullable ArmException failure,
        boolean half,
        @Nullable Duration eviction) {
    /** Picks out what is about work and not about the answer. */
    public static Trouble of(List<Effect> effects) {
        Duration slower = Duration.ZERO;
        ArmException failure = null;
        boolean half = false;
        Duration eviction = null;
        for (Effect effect : effects) {
            if (effect instanceof Effect.SlowProvisioning slow) {
                slower = slower.plus(duration(slow.seconds()));
            } else if (effect instanceof Effect.FailedProvisioning failed) {
                failure = new ArmException(409, failed.code(), failed.message());
            } else if (effect instanceof Effect.HalfDeletion) {
                half = true;
            } else if (effect instanceof Effect.Eviction taken) {
                eviction = duration(taken.seconds());
            }
        }
        return new Trouble(slower, failure, half, eviction);
    }

    /** Seconds as scripts have them. */
    public static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
