package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.EntityStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rows of definitions promise on every store. */
public abstract class ToolRowsContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    protected abstract EntityStore store();

    @Test
    void a_definition_comes_back_as_it_was_written() {
        ToolRows rows = new ToolRows(store());

        ToolRow full = rows.insert("alice", ToolRow.created(Definitions.full("count"), "count.yaml", NOON))
                .orElseThrow();
        ToolRow bare = rows.insert("alice", ToolRow.created(Definitions.tool("a", List.of("b"), null), null, NOON))
                .orElseThrow();

        assertThat(rows.find("alice", "count")).contains(full);
        assertThat(full.definition()).isEqualTo(Definitions.full("count"));
        assertThat(rows.find("alice", "a")).contains(bare);
        assertThat(rows.all("alice")).containsExactly(bare, full);
        assertThat(rows.all("bob")).isEmpty();
    }

    @Test
    void what_was_said_of_a_machine_comes_back() {
        ToolRows rows = new ToolRows(store());

        rows.insert("alice", ToolRow.created(Definitions.onMachine("count"), null, NOON));

        assertThat(rows.find("alice", "count").orElseThrow().definition()).isEqualTo(Definitions.onMachine("count"));
    }

    @Test
    void a_name_is_taken_once_by_each_owner_and_free_again_after_deletion() {
        ToolRows rows = new ToolRows(store());
        ToolRow row = ToolRow.created(Definitions.full("count"), null, NOON);
        ToolRow stored = rows.insert("alice", row).orElseThrow();

        assertThat(rows.insert("alice", row)).isEmpty();
        assertThat(rows.insert("bob", row)).isPresent();
        assertThat(rows.delete("alice", stored)).isTrue();
        assertThat(rows.delete("alice", stored)).isFalse();
        assertThat(rows.insert("alice", row)).isPresent();
    }

    @Test
    void of_two_changes_of_the_same_row_one_wins() {
        ToolRows rows = new ToolRows(store());
        ToolRow seen = rows.insert("alice", ToolRow.created(Definitions.full("count"), null, NOON))
                .orElseThrow();
        ToolRow changed = seen.changed(Definitions.disabled("count", "x"), null, NOON.plusSeconds(1));

        ToolRow stored = rows.update("alice", changed).orElseThrow();

        assertThat(rows.update("alice", changed)).isEmpty();
        assertThat(rows.delete("alice", seen)).isFalse();
        assertThat(rows.find("alice", "count")).contains(stored);
        assertThat(stored.createdAt()).isEqualTo(NOON);
        assertThat(stored.updatedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(stored.etag()).isNotEqualTo(seen.etag());
    }

    @Test
    void a_list_goes_on_where_it_stopped_and_shows_what_passes_the_filter() {
        ToolRows rows = new ToolRows(store());
        for (String name : List.of("d", "b", "a", "c")) {
            rows.insert("alice", ToolRow.created(Definitions.tool(name, List.of("x"), null), null, NOON));
        }

        ToolRows.Listed first = rows.list("alice", row -> !row.name().equals("b"), null, 2);
        ToolRows.Listed second = rows.list("alice", row -> true, first.nextRow(), 2);

        assertThat(first.rows()).extracting(ToolRow::name).containsExactly("a", "c");
        assertThat(second.rows()).extracting(ToolRow::name).containsExactly("d");
        assertThat(second.nextRow()).isNull();
    }

    @Test
    void no_value_of_a_secret_is_in_what_a_log_would_show() {
        ToolRow row = ToolRow.created(Definitions.full("count"), null, NOON);

        assertThat(row.toString()).contains("count").doesNotContain("hunter2");
    }
}
