package dev.lightning.providers.storage.rows;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what came of an outside effect, so that an attempt after a crash finds it instead of doing it again.
 *
 * <p>Throws what the stores throw: {@link dev.lightning.providers.storage.StorageUnavailableException} and
 * {@link java.io.UncheckedIOException}.
 */
public final class EffectLedger {
    private static final Logger log = LoggerFactory.getLogger(EffectLedger.class);
    private static final long FORMAT = 1;

    /** Bytes of JSON that a row holds; Azure Tables has 32,768 characters for a property. */
    private static final int LARGEST_INLINE = 30_000;

    /** Two writers of one effect are rare already; this many refusals in a row are a bug. */
    private static final int MOST_REFUSALS = 16;

    static final String BLOB = "blob";
    static final String AT = "at";

    private static final String RESULT = "result";
    private static final String ATTEMPT = "attempt";
    private static final String ERROR = "error";

    private final EntityStore store;
    private final BlobStore blobs;
    private final InstantSource clock;

    public EffectLedger(EntityStore store, BlobStore blobs, InstantSource clock) {
        this.store = store;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Names an effect for ever: the step that one owner's event causes. */
    public record Effect(String ownerKey, String eventId, String step) {
        /** What is sent along as idempotency key; unique among all owners. */
        public String key() {
            return ownerKey + "/" + row();
        }

        private String row() {
            return eventId + "/" + step;
        }
    }

    /**
     * What an effect gave.
     *
     * @param blobKey where the blob store keeps the same JSON, null for a small one
     */
    public record Result(String json, @Nullable String blobKey) {}

    /** The last attempt that said why it failed. */
    public record FailedAttempt(int attempt, String error) {}

    /** What is known of an effect; both are null for one that was never tried, or whose attempts all died silently. */
    public record Entry(@Nullable Result result, @Nullable FailedAttempt lastFailure) {}

    public Entry find(Effect effect) {
        Optional<Entity> entity = store.get(Table.EFFECTS, effect.ownerKey(), effect.row());
        return new Entry(
                entity.flatMap(this::result).orElse(null),
                entity.map(EffectLedger::lastFailure).orElse(null));
    }

    /**
     * Records a result durably.
     *
     * @return what stands in the ledger now: the first result, if somebody else was faster
     */
    public Result record(Effect effect, String json) {
        Optional<Result> earlier =
                store.get(Table.EFFECTS, effect.ownerKey(), effect.row()).flatMap(this::result);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        String blobKey = null;
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LARGEST_INLINE) {
            blobKey = effect.key() + ".json";
            blobs.put(blobKey, bytes);
        }
        Result result = new Result(json, blobKey);
        String inline = blobKey == null ? json : null;
        return change(effect, row -> row.put(RESULT, inline).put(BLOB, result.blobKey()))
                .orElse(result);
    }

    /** Remembers why an attempt failed; ignored once there is a result. */
    public void noteFailure(Effect effect, FailedAttempt failure) {
        change(effect, row -> row.put(ATTEMPT, (long) failure.attempt()).put(ERROR, failure.error()));
    }

    /** Changes the row unless it holds a result, which is then returned and stands. */
    private Optional<Result> change(Effect effect, UnaryOperator<Properties.Builder> change) {
        for (int refusals = 0; refusals < MOST_REFUSALS; refusals++) {
            Optional<Entity> present = store.get(Table.EFFECTS, effect.ownerKey(), effect.row());
            Optional<Result> result = present.flatMap(this::result);
            if (result.isPresent()) {
                return result;
            }
            Properties.Builder row =
                    present.map(entity -> entity.properties().change()).orElseGet(() -> Properties.format(FORMAT));
            Properties changed = change.apply(row).put(AT, clock.instant()).build();
            Write write = present.<Write>map(entity -> new Write.Update(effect.row(), changed, entity.etag()))
                    .orElseGet(() -> new Write.Insert(effect.row(), changed));
            if (store.write(Table.EFFECTS, effect.ownerKey(), write).isDone()) {
                return Optional.empty();
            }
        }
        throw new IllegalStateException("The effect's row changed " + MOST_REFUSALS + " times in a row");
    }

    /** A result whose blob is gone counts as none: the effect has to be done again. */
    private Optional<Result> result(Entity entity) {
        String inline = entity.properties().text(RESULT);
        String blobKey = entity.properties().text(BLOB);
        if (blobKey == null) {
            return Optional.ofNullable(inline).map(json -> new Result(json, null));
        }
        Optional<byte[]> content = blobs.get(blobKey);
        if (content.isEmpty()) {
            log.warn("event=effect.blob.missing blob={}", blobKey);
        }
        return content.map(bytes -> new Result(new String(bytes, StandardCharsets.UTF_8), blobKey));
    }

    private static @Nullable FailedAttempt lastFailure(Entity entity) {
        Long attempt = entity.properties().number(ATTEMPT);
        String error = entity.properties().text(ERROR);
        return attempt == null || error == null ? null : new FailedAttempt(attempt.intValue(), error);
    }
}
