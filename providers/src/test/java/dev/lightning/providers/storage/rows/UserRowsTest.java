package dev.lightning.providers.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UserRowsTest {
    private static final UserRow ALICE =
            new UserRow("alice@example.com", "the-hash", false, false, Instant.parse("2026-11-21T10:00:00.123Z"));

    private final InMemoryEntityStore store = new InMemoryEntityStore();
    private final UserRows rows = new UserRows(store);

    @Test
    void gives_back_what_was_kept() {
        assertThat(rows.insert(ALICE)).isTrue();

        assertThat(rows.find("alice@example.com")).contains(ALICE);
        assertThat(rows.find("bob")).isEmpty();
    }

    @Test
    void a_taken_name_stays_with_its_account() {
        rows.insert(ALICE);

        assertThat(rows.insert(ALICE.withPasswordHash("another"))).isFalse();
        assertThat(rows.find("alice@example.com")).contains(ALICE);
    }

    @Test
    void put_replaces_and_delete_removes() {
        rows.insert(ALICE);

        rows.put(ALICE.withDisabled(true));
        assertThat(rows.find("alice@example.com")).contains(ALICE.withDisabled(true));

        rows.delete("alice@example.com");
        assertThat(rows.find("alice@example.com")).isEmpty();
    }

    @Test
    void every_account_carries_its_format_and_a_newer_one_is_not_guessed_at() {
        rows.insert(ALICE);
        Properties kept = store.get(Table.USERS, "alice@example.com", "account")
                .orElseThrow()
                .properties();
        assertThat(kept.requireNumber("v")).isEqualTo(1);

        store.write(
                Table.USERS,
                "alice@example.com",
                new Write.Put("account", kept.change().put("v", 2L).build()));

        assertThatThrownBy(() -> rows.find("alice@example.com"))
                .hasMessage("The stored user has format 2; this release reads up to 1");
    }

    @Test
    void never_shows_the_hash() {
        assertThat(ALICE.toString()).doesNotContain("the-hash");
    }
}
