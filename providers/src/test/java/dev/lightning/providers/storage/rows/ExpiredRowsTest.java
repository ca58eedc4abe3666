package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.ExpiredRows.Removal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpiredRowsTest {
    private static final String ALICE = "aliceaaaaaaa";
    private static final String BOB = "bobbbbbbbbbb";
    private static final Instant BEFORE = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant EARLIER = BEFORE.minusSeconds(1);
    private static final Instant LATER = BEFORE.plusSeconds(1);
    private static final Instant LONG_AGO = BEFORE.minus(Duration.ofDays(400));
    private static final String LARGE = "{\"x\":\"" + "y".repeat(40_000) + "\"}";

    private final EntityStore store = new InMemoryEntityStore();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final EventRows events = new EventRows(store);
    private final ScheduleRows schedules = new ScheduleRows(store);

    @Test
    void an_event_goes_with_its_listed_row_and_its_blob_once_it_ended_long_enough_ago() {
        ended("over", LONG_AGO, EARLIER);
        ended("fresh", LONG_AGO, BEFORE);
        ended("young", LATER, LATER);
        open("open", LONG_AGO);
        List.of("over", "fresh", "open").forEach(id -> blobs.put(EventBlobs.metadata(ALICE, id), new byte[1]));

        assertThat(removeAll(new ExpiredEvents(store, blobs), ALICE)).isEqualTo(1);

        assertThat(events.find(ALICE, "over")).isEmpty();
        assertThat(listedEvents()).containsExactlyInAnyOrder("fresh", "young", "open");
        assertThat(blobs.keys())
                .containsExactly(EventBlobs.metadata(ALICE, "fresh"), EventBlobs.metadata(ALICE, "open"));
        assertThat(rows(Table.EVENTS)).hasSize(6);
    }

    @Test
    void an_event_that_is_opened_again_while_it_is_looked_at_stays_and_the_others_go() {
        ended("over", LONG_AGO, EARLIER);
        ended("retried", LONG_AGO, EARLIER);
        BlobStore meddling =
                new BlobsWith(() -> events.reopen(events.find(ALICE, "retried").orElseThrow(), "RUNNING", LATER));

        assertThat(removeAll(new ExpiredEvents(store, meddling), ALICE)).isEqualTo(1);

        assertThat(events.find(ALICE, "retried").orElseThrow().hasEnded()).isFalse();
        assertThat(listedEvents()).containsExactly("retried");
    }

    @Test
    void many_events_go_page_by_page_and_only_the_old_end_of_the_list_is_read() {
        for (int n = 0; n < 120; n++) {
            ended("over-" + n, LONG_AGO.plusSeconds(n), EARLIER);
            ended("young-" + n, LATER.plusSeconds(n), LATER.plusSeconds(n));
        }
        CountingScans counting = new CountingScans(store);

        assertThat(removeAll(new ExpiredEvents(counting, blobs), ALICE)).isEqualTo(120);

        assertThat(listedEvents()).hasSize(120).allMatch(id -> id.startsWith("young-"));
        assertThat(counting.read).isEqualTo(120);
    }

    @Test
    void a_withdrawn_event_goes_too_unless_it_came_back() {
        List.of("refused", "revived", "run-after-all", "young")
                .forEach(id -> events.remove(open(id, id.equals("young") ? LATER : LONG_AGO)));
        open("revived", LATER);
        events.recordRun(ALICE, "run-after-all", run(LATER), "{}");
        List.of("refused", "revived").forEach(id -> blobs.put(EventBlobs.metadata(ALICE, id), new byte[1]));

        assertThat(removeAll(new ExpiredEvents(store, blobs), ALICE)).isEqualTo(1);

        assertThat(listedEvents()).containsExactlyInAnyOrder("revived", "run-after-all");
        assertThat(rows(Table.EVENTS))
                .containsExactlyInAnyOrder(
                        "e:revived",
                        "e:run-after-all",
                        "e:young",
                        rowOf("i:", "revived"),
                        rowOf("i:", "run-after-all"),
                        rowOf("w:", "young"));
        assertThat(blobs.keys()).containsExactly(EventBlobs.metadata(ALICE, "revived"));
    }

    @Test
    void an_effect_goes_with_its_blob() {
        ledger(EARLIER).record(new Effect(ALICE, "over", "chat"), "{}");
        ledger(EARLIER).record(new Effect(ALICE, "over-and-large", "chat"), LARGE);
        ledger(EARLIER).noteFailure(new Effect(ALICE, "failed", "chat"), new EffectLedger.FailedAttempt(1, "500"));
        ledger(BEFORE).record(new Effect(ALICE, "fresh", "chat"), LARGE);
        ledger(EARLIER).record(new Effect(BOB, "bobs", "chat"), LARGE);

        assertThat(removeAll(new ExpiredEffects(store, blobs), ALICE)).isEqualTo(3);

        assertThat(rows(Table.EFFECTS)).containsExactly("fresh/chat");
        assertThat(blobs.keys()).containsExactly(ALICE + "/fresh/chat.json", BOB + "/bobs/chat.json");
    }

    @Test
    void a_message_goes_with_its_blob_unless_it_is_still_owed() {
        messages(EARLIER).keep(message("over", "DELIVERED", "{}"));
        messages(EARLIER).keep(message("over-and-large", "SKIPPED", LARGE));
        messages(EARLIER).keep(message("owed", "PENDING", LARGE));
        messages(BEFORE).keep(message("fresh", "DELIVERED", "{}"));

        assertThat(removeAll(expiredMessages(), ALICE)).isEqualTo(2);

        assertThat(messages(LATER).list(ALICE, row -> true, null, 10).rows())
                .extracting(MessageRow::id)
                .containsExactly("fresh", "owed");
        assertThat(messages(LATER).find(ALICE, "over")).isEmpty();
        assertThat(blobs.keys()).singleElement().asString().contains("owed");
    }

    @Test
    void the_sequence_goes_on_after_the_newest_message_was_removed() {
        for (int n = 1; n <= 120; n++) {
            messages(EARLIER).keep(message("m" + n, "DELIVERED", "{}"));
        }

        assertThat(removeAll(expiredMessages(), ALICE)).isEqualTo(120);

        assertThat(messages(LATER).newest(ALICE)).isEqualTo(120);
        assertThat(messages(LATER).after(ALICE, 0, 10)).isEmpty();
        assertThat(messages(LATER).keep(message("next", "PENDING", "{}")).sequence())
                .isEqualTo(121);
        assertThat(messages(LATER).after(ALICE, 120, 10))
                .extracting(MessageRow::id)
                .containsExactly("next");
        assertThat(removeAll(expiredMessages(), ALICE)).isZero();
    }

    @Test
    void a_one_shot_schedule_goes_and_a_cron_schedule_stays() {
        schedules.insert(ALICE, schedule("over", EARLIER, null));
        schedules.insert(ALICE, schedule("fresh", BEFORE, null));
        schedules.insert(ALICE, schedule("cron", null, "0 8 * * *"));

        assertThat(removeAll(new ExpiredSchedules(store), ALICE)).isEqualTo(1);

        assertThat(rows(Table.SCHEDULES)).containsExactly("cron", "fresh");
    }

    private static int removeAll(ExpiredRows expired, String owner) {
        int removed = 0;
        String next = null;
        do {
            Removal removal = expired.remove(owner, BEFORE, next);
            removed += removal.removed();
            next = removal.nextRow();
        } while (next != null);
        return removed;
    }

    private EventRow open(String id, Instant receivedAt) {
        return events.insertIfAbsent(EventRow.received(
                        ALICE, "alice", id, "hash", "llm.chat", "test", receivedAt, receivedAt, null, "RUNNING"))
                .row();
    }

    private void ended(String id, Instant receivedAt, Instant endedAt) {
        open(id, receivedAt);
        events.recordRun(ALICE, id, run(endedAt), "{}");
    }

    private static EventRun run(Instant endedAt) {
        return new EventRun("run-1", "FAILED", null, null, endedAt, endedAt);
    }

    private EffectLedger ledger(Instant now) {
        return new EffectLedger(store, blobs, InstantSource.fixed(now));
    }

    private MessageRows messages(Instant now) {
        return new MessageRows(store, blobs, InstantSource.fixed(now));
    }

    private ExpiredMessages expiredMessages() {
        return new ExpiredMessages(store, blobs, row -> row.delivery().equals("PENDING"));
    }

    private static NewMessage message(String id, String delivery, String body) {
        return new NewMessage(ALICE, id, "user.message", body, null, delivery);
    }

    private static ScheduleRow schedule(String id, @Nullable Instant due, @Nullable String cron) {
        return new ScheduleRow(id, "hash", "user.message", LONG_AGO, due, cron, null, true);
    }

    private List<String> listedEvents() {
        return events.list(ALICE, row -> true, null, 1_000).rows().stream()
                .map(EventRow::id)
                .toList();
    }

    private List<String> rows(Table table) {
        return store.scan(table, ALICE, RowRange.prefix(""), 1_000).entities().stream()
                .map(Entity::row)
                .toList();
    }

    private String rowOf(String prefix, String id) {
        return rows(Table.EVENTS).stream()
                .filter(row -> row.startsWith(prefix) && row.endsWith(":" + id))
                .findFirst()
                .orElseThrow();
    }

    /** Has something else happen in the moment in which a blob is deleted. */
    private static final class BlobsWith extends InMemoryBlobStore {
        private final Runnable meanwhile;

        private BlobsWith(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public void delete(String key) {
            if (key.contains("retried")) {
                meanwhile.run();
            }
        }
    }
}
