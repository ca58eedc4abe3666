package dev.lightning.activities.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.EventBlobs;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.EventRun;
import dev.lightning.providers.storage.rows.MessageRow;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.storage.rows.NewMessage;
import dev.lightning.providers.storage.rows.ScheduleRow;
import dev.lightning.providers.storage.rows.ScheduleRows;
import dev.lightning.workflows.housekeeping.Expiry;
import dev.lightning.workflows.housekeeping.HousekeepingActivities;
import dev.lightning.workflows.housekeeping.HousekeepingProgress;
import dev.lightning.workflows.housekeeping.KeptKind;
import dev.lightning.workflows.housekeeping.Removed;
import dev.lightning.workflows.wire.Wire;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingActivitiesImplTest {
    private static final Instant BEFORE = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant OVER = BEFORE.minusSeconds(1);
    private static final String LARGE = "{\"x\":\"" + "y".repeat(40_000) + "\"}";

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Wire.plain())
                            .build())
                    .build());

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void what_is_over_goes_from_every_owner_and_what_is_open_owed_or_fresh_stays() {
        for (String owner : List.of("alice", "bob", "carol")) {
            event(owner, "over", OVER);
            event(owner, "open", null);
            event(owner, "fresh", BEFORE);
            effects(OVER).record(new Effect(owner, "over", "chat"), LARGE);
            effects(BEFORE).record(new Effect(owner, "fresh", "chat"), LARGE);
            messages(OVER).keep(new NewMessage(owner, "over", "user.message", LARGE, null, "DELIVERED"));
            messages(OVER).keep(new NewMessage(owner, "failed", "user.message", LARGE, null, "NOTIFY_FAILED"));
            messages(OVER).keep(new NewMessage(owner, "owed", "user.message", "{}", null, "PENDING"));
            messages(BEFORE).keep(new NewMessage(owner, "fresh", "user.message", "{}", null, "DELIVERED"));
            new ScheduleRows(store).insert(owner, once("over", OVER));
            new ScheduleRows(store).insert(owner, once("fresh", BEFORE));
        }
        HousekeepingActivities activities = activities(store);

        assertThat(activities.removeExpired(new Expiry(KeptKind.EVENTS, BEFORE)))
                .isEqualTo(new Removed(KeptKind.EVENTS, 3));
        assertThat(activities.removeExpired(new Expiry(KeptKind.EFFECTS, BEFORE)))
                .isEqualTo(new Removed(KeptKind.EFFECTS, 3));
        assertThat(activities.removeExpired(new Expiry(KeptKind.MESSAGES, BEFORE)))
                .isEqualTo(new Removed(KeptKind.MESSAGES, 6));
        assertThat(activities.removeExpired(new Expiry(KeptKind.SCHEDULES, BEFORE)))
                .isEqualTo(new Removed(KeptKind.SCHEDULES, 3));

        for (String owner : List.of("alice", "bob", "carol")) {
            assertThat(new EventRows(store).list(owner, row -> true, null, 10).rows())
                    .extracting(EventRow::id)
                    .containsExactlyInAnyOrder("open", "fresh");
            assertThat(new EventRows(store).find(owner, "over")).isEmpty();
            assertThat(messages(BEFORE).list(owner, row -> true, null, 10).rows())
                    .extracting(MessageRow::id)
                    .containsExactly("fresh", "owed");
            assertThat(new ScheduleRows(store).list(owner, null, 10).rows())
                    .extracting(ScheduleRow::id)
                    .containsExactly("fresh");
        }
        assertThat(blobs.keys())
                .containsExactly("alice/fresh/chat.json", "bob/fresh/chat.json", "carol/fresh/chat.json");
    }

    @Test
    void nothing_kept_is_nothing_removed() {
        assertThat(activities(store).removeExpired(new Expiry(KeptKind.EVENTS, BEFORE)))
                .isEqualTo(new Removed(KeptKind.EVENTS, 0));
    }

    @Test
    void it_shows_a_sign_of_life_after_every_page() {
        for (int n = 0; n < 120; n++) {
            event("alice", "over-" + n, OVER);
        }
        List<HousekeepingProgress> signs = new ArrayList<>();
        temporal.setActivityHeartbeatListener(HousekeepingProgress.class, signs::add);

        activities(store).removeExpired(new Expiry(KeptKind.EVENTS, BEFORE));

        assertThat(signs).isNotEmpty();
        assertThat(signs.getFirst().owner()).isEqualTo("alice");
        assertThat(signs.getFirst().nextRow()).startsWith("i:");
        assertThat(signs.getFirst().removed()).isEqualTo(50);
    }

    @Test
    void an_attempt_goes_on_where_the_one_before_was() {
        for (String owner : List.of("alice", "bob", "carol")) {
            event(owner, "over", OVER);
        }
        temporal.setHeartbeatDetails(new HousekeepingProgress("alice", null, 41));

        assertThat(activities(store).removeExpired(new Expiry(KeptKind.EVENTS, BEFORE)))
                .isEqualTo(new Removed(KeptKind.EVENTS, 43));

        assertThat(new EventRows(store).find("alice", "over")).isPresent();
        assertThat(new EventRows(store).find("carol", "over")).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_for_temporal_to_wait_for() {
        HousekeepingActivities away = activities(new AwayStore());

        assertThatThrownBy(() -> away.removeExpired(new Expiry(KeptKind.EVENTS, BEFORE)))
                .isInstanceOf(ActivityFailure.class)
                .cause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getOriginalMessage()).isEqualTo("The store is away");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    private HousekeepingActivities activities(EntityStore entities) {
        temporal.registerActivitiesImplementations(new HousekeepingActivitiesImpl(entities, blobs));
        return temporal.newActivityStub(HousekeepingActivities.class);
    }

    private void event(String owner, String id, Instant endedAt) {
        Instant received = OVER.minus(Duration.ofDays(1));
        EventRows rows = new EventRows(store);
        rows.insertIfAbsent(
                EventRow.received(owner, owner, id, "hash", "llm.chat", "test", received, received, null, "RUNNING"));
        if (endedAt != null) {
            rows.recordRun(owner, id, new EventRun("run", "COMPLETED", null, null, received, endedAt), "{}");
        }
        if ("over".equals(id)) {
            blobs.put(EventBlobs.metadata(owner, id), new byte[1]);
        }
    }

    private EffectLedger effects(Instant now) {
        return new EffectLedger(store, blobs, InstantSource.fixed(now));
    }

    private MessageRows messages(Instant now) {
        return new MessageRows(store, blobs, InstantSource.fixed(now));
    }

    private static ScheduleRow once(String id, Instant due) {
        return new ScheduleRow(id, "hash", "user.message", OVER, due, null, null, true);
    }

    /** Cannot be reached. */
    private static final class AwayStore implements EntityStore {
        @Override
        public Optional<Entity> get(Table table, String partition, String row) {
            throw away();
        }

        @Override
        public Page scan(Table table, String partition, RowRange range, int limit) {
            throw away();
        }

        @Override
        public Written write(Table table, String partition, List<Write> changes) {
            throw away();
        }

        @Override
        public List<String> partitions(Table table, String from, int limit) {
            throw away();
        }

        @Override
        public void close() {}

        private static StorageUnavailableException away() {
            return new StorageUnavailableException("The store is away", new IllegalStateException());
        }
    }
}
