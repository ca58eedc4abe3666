package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.InMemoryEntityStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    private final ScheduleRows rows = new ScheduleRows(new InMemoryEntityStore());

    @Test
    void a_row_comes_back_as_it_was_written() {
        ScheduleRow once = row("once", NOW.plusSeconds(60));
        ScheduleRow cron = row("cron", null).confirmed(true);

        assertThat(rows.insert("alice", once)).isTrue();
        assertThat(rows.insert("alice", cron)).isTrue();

        assertThat(rows.find("alice", "once")).contains(once);
        assertThat(rows.find("alice", "cron")).contains(cron);
    }

    @Test
    void an_id_is_taken_once_by_each_user() {
        assertThat(rows.insert("alice", row("a", null))).isTrue();

        assertThat(rows.insert("alice", row("a", null))).isFalse();
        assertThat(rows.insert("bob", row("a", null))).isTrue();
    }

    @Test
    void a_deleted_row_is_gone() {
        rows.insert("alice", row("a", null));

        rows.delete("alice", "a");

        assertThat(rows.find("alice", "a")).isEmpty();
    }

    @Test
    void pages_go_through_the_ids_in_order() {
        rows.insert("alice", row("b", null));
        rows.insert("alice", row("a", null));
        rows.insert("alice", row("c", null));

        ScheduleRows.Listed first = rows.list("alice", null, 2);
        ScheduleRows.Listed second = rows.list("alice", first.nextRow(), 2);

        assertThat(first.rows()).extracting(ScheduleRow::id).containsExactly("a", "b");
        assertThat(second.rows()).extracting(ScheduleRow::id).containsExactly("c");
        assertThat(second.nextRow()).isNull();
    }

    @Test
    void the_census_counts_what_can_still_run_through_all_pages() {
        for (int n = 0; n < 1_200; n++) {
            rows.insert("alice", row("cron" + n, null));
        }
        rows.insert("alice", row("tomorrow", NOW.plus(Duration.ofDays(1))));
        rows.insert("alice", row("yesterday", NOW.minus(Duration.ofDays(1))));
        rows.insert("alice", row("last-year", NOW.minus(Duration.ofDays(365))));
        rows.insert("bob", row("bobs", null));

        ScheduleRows.Census census = rows.census("alice", NOW, NOW.minus(Duration.ofDays(7)));

        assertThat(census.live()).isEqualTo(1_201);
        assertThat(census.waiting()).containsExactly("tomorrow");
        assertThat(census.ended()).containsExactly("last-year");
    }

    private static ScheduleRow row(String id, @Nullable Instant due) {
        boolean once = due != null;
        return new ScheduleRow(
                id, "hash", "llm.chat", NOW, due, once ? null : "* * * * *", once ? null : "Europe/Berlin", false);
    }
}
