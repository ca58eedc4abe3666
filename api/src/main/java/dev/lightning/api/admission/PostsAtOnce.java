package dev.lightning.api.admission;

import dev.lightning.api.errors.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Bounds the bodies in memory: no more posts are read at once than fit, and no user takes all the places. */
public final class PostsAtOnce {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final int total;
    private final Map<String, Integer> places = new HashMap<>();
    private int taken;
    private long refused;

    public PostsAtOnce(OverloadSettings settings) {
        this.total = settings.postsAtOnce();
    }

    /** Given back when the post has been answered. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a place for this user's post, or throws an {@code OVERLOADED}. */
    public synchronized Place enter(String ownerKey) {
        int own = places.getOrDefault(ownerKey, 0);
        if (taken >= total || own >= Math.max(1, total / 2)) {
            refused++;
            throw Problem.overloaded(A_MOMENT);
        }
        taken++;
        places.put(ownerKey, own + 1);
        return () -> leave(ownerKey);
    }

    /** How many posts were turned away before they were read. */
    public synchronized long refused() {
        return refused;
    }

    private synchronized void leave(String ownerKey) {
        taken--;
        places.computeIfPresent(ownerKey, (_, own) -> own == 1 ? null : own - 1);
    }
}
