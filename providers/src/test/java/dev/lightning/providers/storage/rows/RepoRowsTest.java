package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.InMemoryEntityStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepoRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    private final RepoRows rows = new RepoRows(new InMemoryEntityStore());

    @Test
    void a_row_comes_back_as_it_was_written() {
        RepoRow full = new RepoRow("web", "https://example.org/web.git", "main", "deploy-key", NOW);
        RepoRow bare = new RepoRow("api", "git@example.org:api.git", null, null, NOW);

        rows.insert("alice", full);
        rows.insert("alice", bare);

        assertThat(rows.find("alice", "web")).contains(full);
        assertThat(rows.find("alice", "api")).contains(bare);
        assertThat(rows.list("alice", null, 10).rows()).containsExactly(bare, full);
    }

    @Test
    void a_name_is_taken_once_by_each_user_and_free_again_after_deletion() {
        RepoRow repo = new RepoRow("web", "https://example.org/web.git", null, null, NOW);
        rows.insert("alice", repo);

        assertThat(rows.insert("alice", repo)).isFalse();
        assertThat(rows.insert("bob", repo)).isTrue();
        rows.delete("alice", "web");
        assertThat(rows.insert("alice", repo)).isTrue();
    }
}
