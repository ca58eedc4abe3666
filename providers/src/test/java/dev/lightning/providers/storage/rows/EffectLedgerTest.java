package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.EffectLedger.Entry;
import dev.lightning.providers.storage.rows.EffectLedger.FailedAttempt;
import dev.lightning.providers.storage.rows.EffectLedger.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EffectLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Effect CHAT = new Effect("owner1", "event-1", "chat");

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final EffectLedger ledger = new EffectLedger(store, blobs, InstantSource.fixed(NOW));

    @Test
    void an_effect_never_tried_is_unknown() {
        assertThat(ledger.find(CHAT)).isEqualTo(new Entry(null, null));
    }

    @Test
    void a_result_is_found_again_by_its_owner_event_and_step_only() {
        ledger.record(CHAT, "{\"reply\":\"hi\"}");

        assertThat(ledger.find(CHAT).result()).isEqualTo(new Result("{\"reply\":\"hi\"}", null));
        assertThat(ledger.find(new Effect("owner2", "event-1", "chat")).result())
                .isNull();
        assertThat(ledger.find(new Effect("owner1", "event-2", "chat")).result())
                .isNull();
        assertThat(ledger.find(new Effect("owner1", "event-1", "tool")).result())
                .isNull();
    }

    @Test
    void the_row_is_what_other_releases_read() {
        ledger.noteFailure(CHAT, new FailedAttempt(1, "away"));
        ledger.record(CHAT, "{}");

        assertThat(store.get(Table.EFFECTS, "owner1", "event-1/chat")
                        .orElseThrow()
                        .properties())
                .isEqualTo(Properties.format(1)
                        .put("attempt", 1L)
                        .put("error", "away")
                        .put("result", "{}")
                        .put("at", NOW)
                        .build());
    }

    @Test
    void a_large_result_lives_in_a_blob() {
        String large = "{\"reply\":\"" + "ü".repeat(20_000) + "\"}";

        assertThat(ledger.record(CHAT, large)).isEqualTo(new Result(large, "owner1/event-1/chat.json"));
        assertThat(ledger.find(CHAT).result()).isEqualTo(new Result(large, "owner1/event-1/chat.json"));
        assertThat(store.get(Table.EFFECTS, "owner1", "event-1/chat")
                        .orElseThrow()
                        .properties()
                        .text("result"))
                .isNull();
    }

    @Test
    void a_result_whose_blob_is_gone_can_be_recorded_anew() {
        String large = "x".repeat(40_000);
        ledger.record(CHAT, large);
        blobs.delete("owner1/event-1/chat.json");

        assertThat(ledger.find(CHAT).result()).isNull();
        assertThat(ledger.record(CHAT, "{}")).isEqualTo(new Result("{}", null));
        assertThat(ledger.find(CHAT).result()).isEqualTo(new Result("{}", null));
    }

    @Test
    void the_first_result_stands() {
        ledger.record(CHAT, "{\"n\":1}");

        assertThat(ledger.record(CHAT, "{\"n\":2}").json()).isEqualTo("{\"n\":1}");
        assertThat(ledger.find(CHAT).result()).isEqualTo(new Result("{\"n\":1}", null));
    }

    @Test
    void of_many_writers_one_wins_and_all_are_told_who() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> written = IntStream.range(0, 20)
                    .mapToObj(n -> writers.submit(() -> ledger.record(CHAT, "{\"n\":" + n + "}")))
                    .toList();

            Result first = written.getFirst().get();
            for (Future<Result> result : written) {
                assertThat(result.get()).isEqualTo(first);
            }
            assertThat(ledger.find(CHAT).result()).isEqualTo(first);
        }
    }

    @Test
    void the_last_failure_is_remembered_beside_the_result() {
        ledger.noteFailure(CHAT, new FailedAttempt(1, "away"));
        ledger.noteFailure(CHAT, new FailedAttempt(2, "slow"));
        ledger.record(CHAT, "{}");

        assertThat(ledger.find(CHAT)).isEqualTo(new Entry(new Result("{}", null), new FailedAttempt(2, "slow")));
    }

    @Test
    void a_failure_that_comes_after_the_result_changes_nothing() {
        ledger.record(CHAT, "{}");
        ledger.noteFailure(CHAT, new FailedAttempt(1, "late"));

        assertThat(ledger.find(CHAT)).isEqualTo(new Entry(new Result("{}", null), null));
    }

    @Test
    void the_key_names_owner_event_and_step() {
        assertThat(CHAT.key()).isEqualTo("owner1/event-1/chat");
    }
}
