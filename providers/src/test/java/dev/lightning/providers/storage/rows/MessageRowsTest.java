package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.InMemoryBlobStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final InMemoryBlobStore blobs = new InMemoryBlobStore();
    private final MessageRows rows = new MessageRows(store, blobs, InstantSource.fixed(NOW));

    @Test
    void a_message_is_kept_and_found() {
        MessageRow kept = rows.keep(message("e1", "{\"n\":1}"));

        assertThat(rows.find("alice", "e1")).contains(kept);
        assertThat(kept.sequence()).isEqualTo(1);
        assertThat(kept.delivery()).isEqualTo("PENDING");
        assertThat(kept.keptAt()).isEqualTo(NOW);
        assertThat(rows.body(kept)).isEqualTo("{\"n\":1}");
        assertThat(rows.find("bob", "e1")).isEmpty();
    }

    @Test
    void whoever_keeps_a_message_first_decides_what_it_says() {
        rows.keep(message("e1", "{\"n\":1}"));

        MessageRow second = rows.keep(message("e1", "{\"n\":2}"));

        assertThat(rows.body(second)).isEqualTo("{\"n\":1}");
        assertThat(rows.list("alice", row -> true, null, 10).rows()).hasSize(1);
    }

    @Test
    void a_large_body_lies_in_a_blob_that_no_later_writer_replaces_or_leaves_behind() {
        String large = "{\"x\":\"" + "ä".repeat(MessageRows.MAX_INLINE) + "\"}";
        MessageRow first = rows.keep(message("e1", large));

        rows.keep(message("e1", large.replace('ä', 'ö')));
        rows.keep(message("e1", large));

        assertThat(first.body()).isNull();
        assertThat(rows.body(rows.find("alice", "e1").orElseThrow())).isEqualTo(large);
        assertThat(blobs.keys()).hasSize(1);
    }

    @Test
    void a_change_starts_from_the_row_as_it_is_now() {
        MessageRow seen = rows.keep(message("e1", "{}"));
        rows.change(seen, (row, now) -> row.failed("PENDING", "answered 500", now));

        MessageRow changed = rows.change(seen, (row, now) -> row.accepted("DELIVERED", now));

        assertThat(changed.attempts()).isEqualTo(2);
        assertThat(changed.lastError()).isEqualTo("answered 500");
        assertThat(changed.deliveredAt()).isEqualTo(NOW);
        assertThat(rows.find("alice", "e1")).contains(changed);
    }

    @Test
    void lists_go_through_all_pages_newest_first() {
        keepAll(7);

        List<String> ids = new ArrayList<>();
        String next = null;
        do {
            MessagePage page = rows.list("alice", row -> true, next, 3);
            page.rows().forEach(row -> ids.add(row.id()));
            next = page.nextRow();
        } while (next != null);

        assertThat(ids).containsExactly("e7", "e6", "e5", "e4", "e3", "e2", "e1");
    }

    @Test
    void a_filter_that_fits_little_reads_a_bounded_stretch_and_says_where_to_go_on() {
        keepAll(MessageRows.MAX_READ + 50);

        MessagePage first = rows.list("alice", row -> row.id().equals("e1"), null, 10);
        MessagePage second = rows.list("alice", row -> row.id().equals("e1"), first.nextRow(), 10);

        assertThat(first.rows()).isEmpty();
        assertThat(second.rows()).extracting(MessageRow::id).containsExactly("e1");
        assertThat(second.nextRow()).isNull();
    }

    @Test
    void what_follows_a_message_comes_oldest_first() {
        keepAll(5);

        assertThat(rows.after("alice", 2, 2)).extracting(MessageRow::id).containsExactly("e3", "e4");
        assertThat(rows.after("alice", 4, 2)).extracting(MessageRow::id).containsExactly("e5");
        assertThat(rows.after("alice", 5, 2)).isEmpty();
        assertThat(rows.newest("alice")).isEqualTo(5);
        assertThat(rows.newest("bob")).isZero();
    }

    @Test
    void messages_that_were_removed_do_not_stop_the_reader() {
        keepAll(20);
        LongStream.rangeClosed(1, 15)
                .forEach(n -> store.write(Table.MESSAGES, "alice", new Write.Delete(MessageRowFormat.listKey(n))));

        assertThat(rows.after("alice", 3, 4)).extracting(MessageRow::id).containsExactly("e16", "e17", "e18", "e19");
        assertThat(rows.find("alice", "e1")).isEmpty();
    }

    @Test
    void writers_at_once_get_a_sequence_without_gap_or_repeat_even_from_two_processes() throws Exception {
        MessageRows elsewhere = new MessageRows(store, blobs, InstantSource.fixed(NOW));
        List<Future<MessageRow>> writing;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            writing = IntStream.rangeClosed(1, 200)
                    .mapToObj(n ->
                            threads.submit(() -> (n % 2 == 0 ? rows : elsewhere).keep(message("e" + n % 100, "{}"))))
                    .toList();
        }

        List<Long> sequences = new ArrayList<>();
        for (Future<MessageRow> written : writing) {
            sequences.add(written.get().sequence());
        }
        assertThat(sequences.stream().distinct().sorted().toList())
                .isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    private void keepAll(int count) {
        IntStream.rangeClosed(1, count).forEach(n -> rows.keep(message("e" + n, "{}")));
    }

    private static NewMessage message(String id, String body) {
        return new NewMessage("alice", id, "user.message", body, null, "PENDING");
    }
}
