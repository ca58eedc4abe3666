package dev.lightning.activities.housekeeping;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.rows.ExpiredEffects;
import dev.lightning.providers.storage.rows.ExpiredEvents;
import dev.lightning.providers.storage.rows.ExpiredMessages;
import dev.lightning.providers.storage.rows.ExpiredRows;
import dev.lightning.providers.storage.rows.ExpiredRows.Removal;
import dev.lightning.providers.storage.rows.ExpiredSchedules;
import dev.lightning.providers.storage.rows.ExpiredTasks;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.workflows.housekeeping.Expiry;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.housekeeping.HousekeepingProgress;
import dev.lightning.workflows.housekeeping.KeptKind;
import dev.lightning.workflows.housekeeping.Removed;
import dev.lightning.workflows.notifications.DeliveryState;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes from owner to owner and from page to page, with a sign of life after each, which also is where the next attempt
 * goes on. A store that is away makes Temporal try again.
 */
public final class HousekeepingActivitiesImpl implements HousekeepingActivities {
    private static final Logger log = LoggerFactory.getLogger(HousekeepingActivitiesImpl.class);

    private final EntityStore store;
    private final BlobStore blobs;

    public HousekeepingActivitiesImpl(EntityStore store, BlobStore blobs) {
        this.store = store;
        this.blobs = blobs;
    }

    @Override
    public Removed removeExpired(Expiry expiry) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        ExpiredRows rows = rows(expiry.kind());
        HousekeepingProgress progress =
                context.getHeartbeatDetails(HousekeepingProgress.class).orElse(HousekeepingProgress.START);
        Optional<HousekeepingProgress> next = page(rows, expiry.before(), progress);
        while (next.isPresent()) {
            progress = next.get();
            context.heartbeat(progress);
            next = page(rows, expiry.before(), progress);
        }
        log.info("event=housekeeping.done kind={} removed={}", expiry.kind(), progress.removed());
        return new Removed(expiry.kind(), progress.removed());
    }

    /** The progress after one more page; empty when there is none. */
    private Optional<HousekeepingProgress> page(ExpiredRows rows, Instant before, HousekeepingProgress progress) {
        Optional<String> owner =
                progress.nextRow() == null ? ownerAfter(rows, progress.owner()) : Optional.of(progress.owner());
        return owner.map(key -> {
            Removal removal = rows.remove(key, before, progress.nextRow());
            return new HousekeepingProgress(key, removal.nextRow(), progress.removed() + removal.removed());
        });
    }

    private Optional<String> ownerAfter(ExpiredRows rows, String owner) {
        return store.partitions(rows.table(), owner, 2).stream()
                .filter(next -> !next.equals(owner))
                .findFirst();
    }

    private ExpiredRows rows(KeptKind kind) {
        return switch (kind) {
            case EVENTS -> new ExpiredEvents(store, blobs);
            case EFFECTS -> new ExpiredEffects(store, blobs);
            case MESSAGES -> new ExpiredMessages(store, blobs, HousekeepingActivitiesImpl::isOwed);
            case SCHEDULES -> new ExpiredSchedules(store);
            case TASKS -> new ExpiredTasks(store, blobs);
        };
    }

    private static boolean isOwed(MessageRow message) {
        return message.delivery().equals(DeliveryState.PENDING.name());
    }
}
