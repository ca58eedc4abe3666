package dev.lightning.providers.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.storage.DurableEntityStoreContract;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.NewerFormatException;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.testing.Components;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEntityStoreTest extends DurableEntityStoreContract {
    @TempDir
    private Path home;

    @Override
    protected EntityStore emptyStore() {
        return sameData();
    }

    @Override
    protected EntityStore sameData() {
        return open(file());
    }

    @Test
    void makes_the_file_and_its_folders_for_the_owner_only() throws IOException {
        Path deep = home.resolve("a/b/lightning.db");

        open(deep).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
                .isEqualTo("rw-------");
    }

    @Test
    void folds_everything_into_one_file_when_it_closes() throws IOException {
        put("r", "value");
        store.close();

        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void says_in_one_sentence_when_another_process_holds_the_lock_and_goes_on_after() throws SQLException {
        put("r", "before");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");

            assertThatThrownBy(() -> put("r", "after"))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessage("The database file " + file() + " is locked by another process.");
            assertThat(text("r")).isEqualTo("before");
            statement.execute("rollback");
        }

        put("r", "after");
        assertThat(text("r")).isEqualTo("after");
    }

    @Test
    void says_in_one_sentence_when_the_disk_is_full_and_goes_on_when_there_is_room() throws Exception {
        Path disk = Components.require(smallDisk(), "leave to mount a file system (run the tests as root)");
        try (EntityStore small = open(disk.resolve("lightning.db"))) {
            small.write(Table.EVENTS, "p", new Write.Put("r", value("before")));

            List<Write> batch =
                    List.of(new Write.Put("a", value("new")), new Write.Put("r", value("x".repeat(2_000_000))));

            assertThatThrownBy(() -> small.write(Table.EVENTS, "p", batch))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessage("The disk of the database file " + disk.resolve("lightning.db") + " is full.");
            assertThat(small.get(Table.EVENTS, "p", "r").orElseThrow().properties())
                    .isEqualTo(value("before"));

            assertThat(run("mount", "-o", "remount,size=16m", disk.toString())).isTrue();
            assertThat(small.get(Table.EVENTS, "p", "a")).isEmpty();
            assertThat(small.write(Table.EVENTS, "p", batch).isDone()).isTrue();
        } finally {
            run("umount", disk.toString());
        }
    }

    private Optional<Path> smallDisk() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(home.resolve("disk"));
        return run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())
                ? Optional.of(disk)
                : Optional.empty();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void refuses_a_file_that_is_no_database_in_one_sentence() throws IOException {
        Path text = Files.writeString(home.resolve("text.db"), "not a database, ".repeat(100));

        assertThatThrownBy(() -> open(text))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("The file " + text + " is damaged or not a database.");
    }

    @Test
    void refuses_a_place_where_no_file_can_be_in_one_sentence() throws IOException {
        Path blocked = Files.writeString(home.resolve("file"), "x").resolve("lightning.db");

        assertThatThrownBy(() -> open(blocked))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("The database file " + blocked + " cannot be opened.");
    }

    @Test
    void refuses_what_a_newer_release_wrote_in_one_line_and_leaves_it_alone() throws SQLException {
        put("r", "value");
        store.close();
        execute("insert into flyway_schema_history values (2, '2', 'later', 'SQL', 'V2__later.sql', 0, 'x', 0, 0, 1)");

        assertThatThrownBy(() -> open(file()))
                .isInstanceOf(NewerFormatException.class)
                .hasMessage("The home " + home + " was written by a newer release (store format 2, this release"
                        + " knows 1): start that release, or set LIGHTNING_HOME to another folder.");

        execute("delete from flyway_schema_history where version = '2'");
        store = open(file());
        assertThat(text("r")).isEqualTo("value");
    }

    @Test
    void knows_the_newest_migration_there_is() throws Exception {
        Path migrations = Path.of(getClass().getResource("/db/sqlite").toURI());

        try (var files = Files.list(migrations)) {
            assertThat(files).hasSize(SqliteDatabase.SCHEMA.newest());
        }
    }

    @Test
    void waits_for_the_disk_as_often_as_it_was_told() {
        SqliteSettings full = new SqliteSettings(file(), SqliteSettings.Synchronous.FULL, null, null);

        try (EntityStore durable = new SqliteEntityStore(full)) {
            assertThat(durable.write(Table.USERS, "p", new Write.Insert("r", value("x")))
                            .isDone())
                    .isTrue();
        }
    }

    private Path file() {
        return home.resolve("lightning.db");
    }

    private static EntityStore open(Path file) {
        return new SqliteEntityStore(new SqliteSettings(file, null, Duration.ofMillis(500), null));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
