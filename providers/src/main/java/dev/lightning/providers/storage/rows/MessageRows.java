package dev.lightning.providers.storage.rows;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One row per outgoing message, in its owner's partition. What a message says is decided by whoever keeps it first, so
 * that every attempt to deliver it has the same body. The sequence is taken in the same write that makes the message
 * visible: whoever has read up to a message has missed none before it.
 *
 * <p>A store that cannot be reached throws {@link dev.lightning.providers.storage.StorageUnavailableException}.
 */
public final class MessageRows {
    /** How many rows one call of {@link #list} reads at most, however few of them fit the filter. */
    static final int MAX_READ = 2_000;

    /** How many characters of a body a row holds, which is what the smallest of the stores allows for a property. */
    static final int MAX_INLINE = 30_000;

    private static final int CHUNK = 100;

    private final EntityStore store;
    private final MessageBodies bodies;
    private final InstantSource clock;
    private final Stripes stripes = new Stripes();

    public MessageRows(EntityStore store, BlobStore blobs, InstantSource clock) {
        this.store = store;
        this.bodies = new MessageBodies(blobs);
        this.clock = clock;
    }

    /** Keeps the message unless one with its id is kept already, and gives the one that is. */
    public MessageRow keep(NewMessage message) {
        String blob = message.body().length() > MAX_INLINE ? bodies.store(message) : null;
        Lock stripe = stripes.of(message.ownerKey());
        stripe.lock();
        try {
            while (true) {
                MessageRow row = next(message, blob);
                Write point = new Write.Insert(MessageRowFormat.pointKey(row.id()), MessageRowFormat.point(row));
                Write listed = new Write.Insert(MessageRowFormat.listKey(row.sequence()), MessageRowFormat.write(row));
                Written written = store.write(Table.MESSAGES, row.ownerKey(), List.of(point, listed));
                if (written instanceof Written.Done(List<String> etags)) {
                    return row.stored(etags.get(1));
                }
                Optional<MessageRow> first = find(row.ownerKey(), row.id());
                if (first.isPresent()) {
                    bodies.dropUnless(first.get().bodyBlob(), blob);
                    return first.get();
                }
            }
        } finally {
            stripe.unlock();
        }
    }

    public Optional<MessageRow> find(String ownerKey, String id) {
        return store.get(Table.MESSAGES, ownerKey, MessageRowFormat.pointKey(id))
                .flatMap(point ->
                        store.get(Table.MESSAGES, ownerKey, MessageRowFormat.listKey(MessageRowFormat.sequence(point))))
                .map(MessageRowFormat::read);
    }

    /**
     * Changes the row as it is now, which may be newer than the one seen.
     *
     * @param change makes the new row of the present one and the time; it may run several times, and giving back its
     *     argument changes nothing
     */
    public MessageRow change(MessageRow seen, BiFunction<MessageRow, Instant, MessageRow> change) {
        MessageRow present = seen;
        while (true) {
            MessageRow changed = change.apply(present, clock.instant());
            if (changed.equals(present)) {
                return present;
            }
            Written written = store.write(
                    Table.MESSAGES,
                    present.ownerKey(),
                    new Write.Update(
                            MessageRowFormat.listKey(present.sequence()),
                            MessageRowFormat.write(changed),
                            present.etag()));
            if (written instanceof Written.Done(List<String> etags)) {
                return changed.stored(etags.getFirst());
            }
            Optional<MessageRow> newer = find(present.ownerKey(), present.id());
            if (newer.isEmpty()) {
                return changed;
            }
            present = newer.get();
        }
    }

    /** The event document of the message, wherever it lies. */
    public String body(MessageRow row) {
        return bodies.of(row);
    }

    /** The owner's messages that pass the filter, newest first, from {@code fromRow} on; null starts at the newest. */
    public MessagePage list(String ownerKey, Predicate<MessageRow> filter, @Nullable String fromRow, int size) {
        RowRange range = MessageRowFormat.ALL;
        List<MessageRow> found = new ArrayList<>();
        String next = fromRow == null ? range.from() : fromRow;
        for (int read = 0; next != null && read < MAX_READ; read += CHUNK) {
            Page page = store.scan(Table.MESSAGES, ownerKey, range.startingAt(next), CHUNK);
            for (Entity entity : page.entities()) {
                MessageRow row = MessageRowFormat.read(entity);
                if (filter.test(row)) {
                    if (found.size() == size) {
                        return new MessagePage(found, entity.row());
                    }
                    found.add(row);
                }
            }
            next = page.nextRow();
        }
        return new MessagePage(found, next);
    }

    /** The sequence of the owner's newest message, also of one that was removed since; 0 when there never was one. */
    public long newest(String ownerKey) {
        return store.scan(Table.MESSAGES, ownerKey, MessageRowFormat.ALL, 1).entities().stream()
                .findFirst()
                .or(() -> store.get(Table.MESSAGES, ownerKey, MessageRowFormat.NEWEST))
                .map(MessageRowFormat::sequence)
                .orElse(0L);
    }

    /**
     * At most {@code limit} messages that follow this sequence, oldest first; empty when there are none yet. The newest
     * is looked up first, so that a stretch found empty before it is one that was removed, never one still to come.
     */
    public List<MessageRow> after(String ownerKey, long sequence, int limit) {
        long newest = newest(ownerKey);
        for (long from = sequence; from < newest; from += limit) {
            Page page = store.scan(Table.MESSAGES, ownerKey, MessageRowFormat.between(from, from + limit), limit);
            if (!page.entities().isEmpty()) {
                return page.entities().stream()
                        .map(MessageRowFormat::read)
                        .toList()
                        .reversed();
            }
        }
        return List.of();
    }

    private MessageRow next(NewMessage message, @Nullable String blob) {
        Instant now = clock.instant();
        return new MessageRow(
                message.ownerKey(),
                message.id(),
                message.type(),
                newest(message.ownerKey()) + 1,
                blob == null ? message.body() : null,
                blob,
                message.eventBlob(),
                message.delivery(),
                0,
                null,
                now,
                now,
                null,
                "");
    }
}
