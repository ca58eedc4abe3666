package dev.lightning.providers.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.storage.DurableEntityStoreContract;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.NewerFormatException;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.testing.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresEntityStoreTest extends DurableEntityStoreContract {
    private static PostgresServer server;
    private static String url;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        url = server.newDatabase();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected EntityStore emptyStore() {
        EntityStore empty = sameData();
        server.execute(nameOf(url), "truncate entities");
        return empty;
    }

    @Override
    protected EntityStore sameData() {
        return open(url);
    }

    @Test
    void finds_the_server_again_by_itself() {
        put("r", "before");
        server.stop();

        assertThatThrownBy(() -> text("r"))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageMatching("PostgreSQL at 127\\.0\\.0\\.1:\\d+/test_\\d+ cannot be reached\\.");
        assertThatThrownBy(() -> put("r", "lost")).isInstanceOf(StorageUnavailableException.class);

        server.resume();
        Awaitility.await()
                .ignoreException(StorageUnavailableException.class)
                .untilAsserted(() -> assertThat(text("r")).isEqualTo("before"));
        put("r", "after");
        assertThat(text("r")).isEqualTo("after");
    }

    @Test
    void starts_before_the_server_and_prepares_the_database_when_it_comes() {
        String empty = server.newDatabase();
        server.stop();
        try (EntityStore early = open(empty)) {
            assertThatThrownBy(() -> early.get(Table.EVENTS, "p", "r")).isInstanceOf(StorageUnavailableException.class);

            server.resume();

            Awaitility.await()
                    .ignoreException(StorageUnavailableException.class)
                    .until(() -> early.write(Table.EVENTS, "p", new Write.Put("r", value("x")))
                            .isDone());
        }
    }

    @Test
    void several_that_start_at_once_prepare_the_database_together() {
        String empty = server.newDatabase();

        List<CompletableFuture<EntityStore>> starting = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> open(empty)))
                .limit(4)
                .toList();

        starting.forEach(start -> start.join().close());
    }

    @Test
    void refuses_a_wrong_password_in_one_sentence_without_showing_it() {
        String wrong = url.replaceFirst("lightning:[^@]+@", "lightning:s3cret@");

        assertThatThrownBy(() -> open(wrong))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageEndingWith(" refuses the user or the password of DATABASE_URL.")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refuses_a_database_that_does_not_exist_in_one_sentence() {
        assertThatThrownBy(() -> open(server.url("nowhere")))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageEndingWith("/nowhere does not exist: create the database.");
    }

    @Test
    void refuses_what_a_newer_release_wrote_in_one_line() {
        String later = server.newDatabase();
        String name = nameOf(later);
        open(later).close();
        server.execute(
                name,
                "insert into flyway_schema_history values (2, '2', 'later', 'SQL', 'V2__later.sql', 0, 'x', now(), 0, true)");

        assertThatThrownBy(() -> open(later))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageMatching("The database at 127\\.0\\.0\\.1:\\d+/" + name
                        + " was written by a newer release \\(store format 2, this release knows 1\\): start that"
                        + " release, or set DATABASE_URL to another database\\.");
    }

    @Test
    void compares_keys_by_their_bytes_whatever_the_database_prefers() {
        server.execute("postgres", "create database icu template template0 locale_provider icu icu_locale 'en-US'");

        try (EntityStore other = open(server.url("icu"))) {
            List.of("b", "B", "a", "_").forEach(key -> other.write(Table.EVENTS, key, new Write.Put("r", value("x"))));
            assertThat(other.partitions(Table.EVENTS, "", 10)).containsExactly("B", "_", "a", "b");
        }
    }

    @Test
    void knows_the_newest_migration_there_is() throws Exception {
        Path migrations = Path.of(getClass().getResource("/db/postgres").toURI());

        try (var files = Files.list(migrations)) {
            assertThat(files).hasSize(PostgresDatabase.SCHEMA.newest());
        }
    }

    private static String nameOf(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static EntityStore open(String url) {
        return new PostgresEntityStore(new PostgresSettings(url, null, Duration.ofSeconds(2), null));
    }
}
