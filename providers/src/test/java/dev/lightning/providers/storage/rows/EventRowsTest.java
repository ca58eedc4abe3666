package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EventRowsTest {
    private static final String ALICE = "aliceaaaaaaa";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final EventRows rows = new EventRows(store);

    @Test
    void a_row_is_found_as_it_was_inserted_and_inserted_once() {
        EventRow row = row("one", NOON);

        EventArrival first = rows.insertIfAbsent(row);
        EventArrival second = rows.insertIfAbsent(row("one", NOON.plusSeconds(9)));

        assertThat(first).isInstanceOf(EventArrival.First.class);
        assertThat(second).isEqualTo(new EventArrival.Repeated(first.row()));
        assertThat(rows.find(ALICE, "one")).contains(row.stored(first.row().etag()));
        assertThat(rows.find("bobbbbbbbbbb", "one")).isEmpty();
    }

    @Test
    void the_end_of_a_run_is_recorded_once_in_both_rows() {
        rows.insertIfAbsent(row("one", NOON));

        assertThat(rows.recordRun(ALICE, "one", run("r1", "FAILED"), "{}")).isEqualTo(RunRecording.RECORDED);
        assertThat(rows.recordRun(ALICE, "one", run("r1", "FAILED"), "{}")).isEqualTo(RunRecording.REPEATED);
        assertThat(rows.recordRun(ALICE, "none", run("r1", "FAILED"), "{}")).isEqualTo(RunRecording.MISSING);

        EventRow ended = rows.find(ALICE, "one").orElseThrow();
        assertThat(ended.runs()).containsExactly(run("r1", "FAILED"));
        assertThat(ended.hasEnded()).isTrue();
        assertThat(ended.report()).isEqualTo("{}");
        assertThat(listed()).singleElement().satisfies(listed -> {
            assertThat(listed.status()).isEqualTo("FAILED");
            assertThat(listed.standing()).isEqualTo(ended.standing());
        });
    }

    @Test
    void a_late_repeat_of_an_earlier_run_does_not_end_the_next_one() {
        rows.insertIfAbsent(row("one", NOON));
        rows.recordRun(ALICE, "one", run("r1", "FAILED"), "{}");
        rows.reopen(rows.find(ALICE, "one").orElseThrow(), "RUNNING", NOON.plusSeconds(5));

        rows.recordRun(ALICE, "one", run("r1", "FAILED"), "{}");
        assertThat(rows.find(ALICE, "one").orElseThrow().status()).isEqualTo("RUNNING");

        rows.recordRun(ALICE, "one", run("r2", "COMPLETED"), "{\"second\":true}");
        EventRow row = rows.find(ALICE, "one").orElseThrow();
        assertThat(row.status()).isEqualTo("COMPLETED");
        assertThat(row.runs()).extracting(EventRun::runId).containsExactly("r1", "r2");
    }

    @Test
    void of_two_retries_that_saw_the_same_row_one_reopens_it() {
        rows.insertIfAbsent(row("one", NOON));
        rows.recordRun(ALICE, "one", run("r1", "FAILED"), "{}");
        EventRow seen = rows.find(ALICE, "one").orElseThrow();

        assertThat(rows.reopen(seen, "RUNNING", NOON)).isPresent();
        assertThat(rows.reopen(seen, "RUNNING", NOON)).isEmpty();
    }

    @Test
    void a_reopened_row_can_be_put_back() {
        rows.insertIfAbsent(row("one", NOON));
        rows.recordRun(ALICE, "one", run("r1", "FAILED"), "{}");
        EventRow opened = rows.reopen(rows.find(ALICE, "one").orElseThrow(), "RUNNING", NOON)
                .orElseThrow();

        assertThat(rows.restore(opened)).isPresent();
        assertThat(rows.find(ALICE, "one").orElseThrow().status()).isEqualTo("FAILED");
        assertThat(rows.find(ALICE, "one").orElseThrow().hasEnded()).isTrue();
    }

    @Test
    void a_removed_row_is_gone_until_it_is_inserted_again() {
        EventRow first = rows.insertIfAbsent(row("one", NOON)).row();

        assertThat(rows.remove(first)).isTrue();
        assertThat(rows.find(ALICE, "one")).isEmpty();
        assertThat(listed()).isEmpty();

        assertThat(rows.insertIfAbsent(row("one", NOON.plusSeconds(1)))).isInstanceOf(EventArrival.First.class);
        assertThat(listed()).hasSize(1);
        assertThat(rows.remove(first)).isFalse();
        assertThat(rows.find(ALICE, "one")).isPresent();
    }

    @Test
    void a_claimed_row_cannot_be_removed_by_whoever_saw_it_before() {
        EventRow first = rows.insertIfAbsent(row("one", NOON)).row();

        assertThat(rows.claim(first)).isPresent();
        assertThat(rows.remove(first)).isFalse();
        assertThat(rows.claim(first)).isEmpty();
    }

    @Test
    void a_removed_row_whose_workflow_did_run_comes_back_with_its_outcome() {
        rows.remove(rows.insertIfAbsent(row("one", NOON)).row());

        assertThat(rows.recordRun(ALICE, "one", run("r1", "COMPLETED"), "{}")).isEqualTo(RunRecording.RECORDED);
        assertThat(rows.find(ALICE, "one").orElseThrow().status()).isEqualTo("COMPLETED");
        assertThat(listed()).hasSize(1);
    }

    @Test
    void a_new_due_time_is_kept_while_the_event_is_open() {
        rows.insertIfAbsent(row("one", NOON));
        assertThat(rows.moveDue(ALICE, "one", NOON.plusSeconds(60))).isTrue();
        assertThat(rows.find(ALICE, "one").orElseThrow().due()).isEqualTo(NOON.plusSeconds(60));
        assertThat(listed().getFirst().due()).isEqualTo(NOON.plusSeconds(60));

        rows.recordRun(ALICE, "one", run("r1", "CANCELLED"), null);
        assertThat(rows.moveDue(ALICE, "one", NOON)).isFalse();
        assertThat(rows.moveDue(ALICE, "none", NOON)).isFalse();
    }

    @Test
    void lists_are_newest_first_filtered_and_paged_without_gap_or_repeat() {
        for (int n = 0; n < 450; n++) {
            rows.insertIfAbsent(row("e" + n, NOON.plusSeconds(n)));
        }
        List<String> ids = new ArrayList<>();
        String next = null;
        do {
            EventPage page = rows.list(ALICE, row -> Integer.parseInt(row.id().substring(1)) % 3 == 0, next, 7);
            page.rows().forEach(row -> ids.add(row.id()));
            next = page.nextRow();
        } while (next != null);

        assertThat(ids)
                .hasSize(150)
                .doesNotHaveDuplicates()
                .startsWith("e447", "e444")
                .endsWith("e3", "e0");
    }

    @Test
    void one_call_reads_a_bounded_number_of_rows() {
        for (int n = 0; n <= EventRows.MAX_READ; n++) {
            rows.insertIfAbsent(row("e" + n, NOON.plusSeconds(n)));
        }
        EventPage page = rows.list(ALICE, row -> row.id().equals("e0"), null, 10);
        assertThat(page.rows()).isEmpty();
        assertThat(rows.list(ALICE, row -> row.id().equals("e0"), page.nextRow(), 10)
                        .rows())
                .hasSize(1);
    }

    @Test
    void of_many_threads_one_is_first_and_all_runs_are_kept() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Future<EventArrival>> arrivals = new ArrayList<>();
            for (int n = 0; n < 20; n++) {
                String runId = "r" + n;
                arrivals.add(threads.submit(() -> {
                    EventArrival arrival = rows.insertIfAbsent(row("one", NOON));
                    rows.recordRun(ALICE, "one", run(runId, "FAILED"), "{}");
                    return arrival;
                }));
            }
            int firsts = 0;
            for (Future<EventArrival> arrival : arrivals) {
                firsts += arrival.get() instanceof EventArrival.First ? 1 : 0;
            }
            assertThat(firsts).isEqualTo(1);
        }
        assertThat(rows.find(ALICE, "one").orElseThrow().runs()).hasSize(20);
        assertThat(store.scan(Table.EVENTS, ALICE, RowRange.prefix(""), 10).entities())
                .hasSize(2);
    }

    private List<EventRow> listed() {
        return rows.list(ALICE, _ -> true, null, 10).rows();
    }

    private static EventRow row(String id, Instant receivedAt) {
        return EventRow.received(
                ALICE, "alice", id, "hash", "order.created", "test", NOON, receivedAt, null, "RUNNING");
    }

    private static EventRun run(String runId, String status) {
        return new EventRun(runId, status, "code", "Words", NOON, NOON.plusMillis(7));
    }
}
