package dev.lightning.providers.runtime.azure;

import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Sees to it that a run is ordered by one process at a time, by a lease on its order that ends with the process. */
final class OrderLease implements RunBlobs.Ordering {
    /**
     * For as long nobody goes on with what a process that died was ordering. It is as long as Azure allows, and longer than
     * a request may take: another process could else order again what is just on its way.
     */
    static final Duration LENGTH = Duration.ofSeconds(60);

    /** So long that a start, which is tried a dozen times, outlives the lease of who died. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final BlobLeaseClient lease;
    private final BlobTrouble trouble;
    private final BiConsumer<RunOrder, BlobRequestConditions> writer;
    private boolean doubtful;

    private OrderLease(BlobLeaseClient lease, BlobTrouble trouble, BiConsumer<RunOrder, BlobRequestConditions> writer) {
        this.lease = lease;
        this.trouble = trouble;
        this.writer = writer;
    }

    /**
     * Throws when somebody else has it.
     *
     * @param over when that will be over, for people
     */
    static OrderLease take(
            String run,
            BlobLeaseClient lease,
            BlobTrouble trouble,
            Supplier<Instant> over,
            BiConsumer<RunOrder, BlobRequestConditions> writer) {
        boolean ours = trouble.once(() -> lease.acquireLease((int) LENGTH.toSeconds()));
        if (!ours) {
            throw new RuntimeUnavailableException(
                    "The run " + run + " is just being ordered, or an order went unanswered that Azure may yet carry"
                            + " out: nothing is ordered again before about "
                            + over.get().truncatedTo(ChronoUnit.SECONDS),
                    null,
                    MOMENT);
        }
        return new OrderLease(lease, trouble, writer);
    }

    /** Throws when somebody else has gone on; writing may have taken its time, so that the lease begins anew after it. */
    @Override
    public void record(RunOrder order) {
        boolean _ = trouble.once(lease::renewLease);
        trouble.tell(() -> writer.accept(order, new BlobRequestConditions().setLeaseId(lease.getLeaseId())));
        trouble.tell(() -> lease.renewLease());
    }

    @Override
    public void doubt() {
        doubtful = true;
    }

    @Override
    public void close() {
        if (!doubtful) {
            boolean _ = trouble.once(lease::releaseLease);
        }
    }
}
