package dev.lightning.providers.model;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model no more often, and no more at once, than the operator allows this process. A call that does not get its
 * turn soon comes back as {@link ModelResult.Throttled}, so that it waits in Temporal instead of here. Users take turns.
 */
public final class LimitedChatModel implements ChatModel {
    /** Short enough that the wait and the longest call together fit into one attempt. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ChatModel model;
    private final FairTurns turns;
    private final @Nullable Bucket rate;
    private final Duration longestWait;

    public LimitedChatModel(ChatModel model, ModelLimitSettings limits) {
        this(model, limits, LONGEST_WAIT);
    }

    LimitedChatModel(ChatModel model, ModelLimitSettings limits, Duration longestWait) {
        this.model = model;
        this.turns = new FairTurns(limits.concurrent());
        this.rate = limits.rate() > 0 ? bucket(limits.rate()) : null;
        this.longestWait = longestWait;
    }

    @Override
    public ModelResult complete(ModelRequest request) {
        long deadline = System.nanoTime() + longestWait.toNanos();
        try {
            if (!turns.tryAcquire(userOf(request), longestWait.toNanos())) {
                return throttled("All model calls of this process are taken");
            }
            try {
                return isDue(deadline)
                        ? model.complete(request)
                        : throttled("This process makes as many model calls a second as it may");
            } finally {
                turns.release();
            }
        } catch (InterruptedException calledOff) {
            Thread.currentThread().interrupt();
            return new ModelResult.Unavailable("The model call was called off");
        }
    }

    /** What an effect's key begins with. */
    private static String userOf(ModelRequest request) {
        String key = request.effectKey();
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private boolean isDue(long deadline) throws InterruptedException {
        if (rate == null) {
            return true;
        }
        long patience = Math.max(1, deadline - System.nanoTime());
        return rate.asBlocking().tryConsume(1, Duration.ofNanos(patience));
    }

    private ModelResult throttled(String why) {
        return new ModelResult.Throttled(longestWait, why);
    }

    /** One token at a time, so that a rate below one a second works too; after a pause a second's worth at once. */
    private static Bucket bucket(double perSecond) {
        long atOnce = Math.max(1, Math.round(perSecond));
        Duration gap = Duration.ofNanos(Math.max(1, Math.round(NANOS_PER_SECOND / perSecond)));
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(1, gap))
                .build();
    }
}
